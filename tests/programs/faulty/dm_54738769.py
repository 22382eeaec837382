"""Regression by a softmax on one unit.

DM-54738769 (StackOverflow 54738769): 100 examples of 18 features.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation", "target_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 100, 18)
    model = stack(
        (18,), layers.Dense(18, activation="relu"), layers.Dense(1, activation="linear" if mended else "softmax")
    )
    model.compile(keras.optimizers.Adam(0.005), "mean_squared_error")
    return Program(model, x, y[:, 0], {"epochs": 80, "batch_size": 10})
