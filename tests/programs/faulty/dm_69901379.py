"""Inputs of 50 to 2000 and targets of 600 to 4000, nothing scaled, at a learning rate of 1e-4.

DM-69901379 (StackOverflow 69901379): 50 examples of ten whole numbers; the targets are random, in the twin too.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import standardise
from programs.program import Program, stack

CAUSES = ("input_scaling", "target_scaling", "learning_rate", "data", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    x = rng.integers(50, 2001, size=(50, 10)).astype("float32")
    y = rng.integers(600, 4001, size=(50, 1)).astype("float32")
    if mended:
        x, y = standardise(x), standardise(y)
    model = stack((10,), layers.Dense(32, activation="relu"), layers.Dense(16, activation="relu"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(3e-3 if mended else 1e-4), "mse", metrics=["mae"])
    return Program(model, x, y, {"epochs": 100, "batch_size": 10})
