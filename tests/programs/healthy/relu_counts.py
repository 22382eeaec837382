"""Counts of visits with a ReLU head and mse, its bias begun at the mean. Traps a checker of ReLU heads."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import curve
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, rate = curve(seed, 600, 6)
    y = np.random.default_rng(seed).poisson(np.exp(0.6 * rate + 1)).astype("float32")
    at_mean = keras.initializers.Constant(float(y.mean()))
    model = stack(
        (6,), layers.Dense(32, activation="relu"), layers.Dense(1, activation="relu", bias_initializer=at_mean)
    )
    model.compile(keras.optimizers.Adam(0.003), "mse", metrics=["mae"])
    return Program(model, x, y, {"epochs": 40, "batch_size": 32})
