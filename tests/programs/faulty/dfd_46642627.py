"""Regression under binary cross-entropy, nothing scaled, by SGD of 0.01.

DFD-46642627 (StackOverflow 46642627): the words leave the data open; targets in the hundreds from six features.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("loss", "target_scaling", "input_scaling", "optimizer", "learning_rate")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 500, 6)
    model = stack((6,), layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu"), layers.Dense(1))
    if mended:
        model.compile("adam", "mse", metrics=["mae"])
        return Program(model, x, y, {"epochs": 60, "batch_size": 16})
    model.compile(keras.optimizers.SGD(0.01), "binary_crossentropy")
    return Program(model, 200 * x + 900, 150 * y + 600, {"epochs": 20, "batch_size": 16})
