"""Star ratings of 0 to 4 as a number, by mse. Traps a checker that takes whole labels for classes."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import curve
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 700, 8)
    stars = np.digitize(y[:, 0], [-1.2, -0.4, 0.4, 1.2]).astype("float32")
    model = stack((8,), layers.Dense(24, activation="relu"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.003), "mse", metrics=["mae"])
    return Program(model, x, stars, {"epochs": 40, "batch_size": 32})
