"""Shares of 0 to 1 with a sigmoid head and mse. Traps a checker that wants a linear head for mse."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import curve
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 600, 6)
    model = stack((6,), layers.Dense(24, activation="relu"), layers.Dense(1, activation="sigmoid"))
    model.compile(keras.optimizers.Adam(0.005), "mse", metrics=["mae"])
    return Program(model, x, 1 / (1 + np.exp(-1.5 * y)), {"epochs": 40, "batch_size": 32})
