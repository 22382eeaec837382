"""Incomes over six powers of ten, given as their logarithm. Traps a checker of inputs outside of -1 to 1."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import blobs
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    z, y = blobs(seed, 600, 5)
    income = np.exp(2.5 * z + 7)
    model = stack((5,), layers.Dense(24, activation="relu"), layers.Dense(1, activation="sigmoid"))
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, np.log1p(income).astype("float32"), y, {"epochs": 40, "batch_size": 32})
