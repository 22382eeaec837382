"""The labels are passed as the inputs, fit(y, y), and the features are never used; sigmoids, 20 epochs.

DM-60831731 (StackOverflow 60831731): two targets from two features, 100 examples.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("data", "hidden_activation", "epochs", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 100, 2, 2)
    inner = "relu" if mended else "sigmoid"
    model = stack((2,), layers.Dense(24, activation=inner), layers.Dense(12, activation=inner), layers.Dense(2))
    model.compile(keras.optimizers.Adam(0.005), "mse")
    return Program(model, x if mended else y, y, {"epochs": 120 if mended else 20, "batch_size": 10})
