"""Prices far above 1 behind a sigmoid, with accuracy as metric.

DM-48976413 (StackOverflow 48976413): five min-max scaled features of cars; made data instead of the file.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation", "target_scaling", "metric")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 400, 5)
    x = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    model = stack(
        (5,), layers.Dense(24, activation="relu"), layers.Dense(1, activation="linear" if mended else "sigmoid")
    )
    model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["mae" if mended else "accuracy"])
    return Program(model, x, y if mended else 9000 * y + 30_000, {"epochs": 60, "batch_size": 32})
