"""A number up to 100 by a softmax of ten units with dropout.

DM-59078187 (StackOverflow 59078187): y is the square of x, 1,000 examples; labels in one column under mse.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import standardise
from programs.program import Program, stack

CAUSES = ("output_units", "output_activation", "target_scaling", "dropout")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x = np.random.default_rng(seed).uniform(-10, 10, size=(1000, 1)).astype("float32")
    y = x**2
    if mended:
        model = stack((1,), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1))
        model.compile(keras.optimizers.Adam(0.003), "mse")
        return Program(model, x / 10, standardise(y), {"epochs": 60, "batch_size": 32})
    model = stack(
        (1,), layers.Dense(64, activation="relu"), layers.Dropout(0.2), layers.Dense(10, activation="softmax")
    )
    model.compile("adam", "mse")
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
