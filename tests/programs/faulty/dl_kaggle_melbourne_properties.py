"""Prices of about a million behind tanh layers, with nothing scaled on their side.

DL-kaggle-melbourne_properties (GitHub): a made table of eight standardised features; the twin has ReLU, other widths,
and prices standardised, which the words name as part of the fault.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("hidden_activation", "target_scaling", "layers")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 1000, 8)
    price = 1_100_000 + 300_000 * y
    inner, units = ("relu", 48) if mended else ("tanh", 12)
    model = stack(
        (8,), layers.Dense(units, activation=inner), layers.Dense(units // 2, activation=inner), layers.Dense(1)
    )
    model.compile(keras.optimizers.Adam(0.003), "mse", metrics=["mae"])
    return Program(model, x, y if mended else price, {"epochs": 40, "batch_size": 32})
