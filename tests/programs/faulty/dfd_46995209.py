"""Regression with tanh layers on inputs that are not scaled.

DFD-46995209 (StackOverflow 46995209): the words leave the data open; four measurements of up to thousands.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("hidden_activation", "input_scaling", "target_scaling", "layers")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    z, y = curve(seed, 600, 4)
    x = (z * np.array([800, 40, 2500, 150]) + np.array([3000, 200, 9000, 500])).astype("float32")
    if mended:
        model = stack((4,), layers.Dense(48, activation="relu"), layers.Dense(24, activation="relu"), layers.Dense(1))
    else:
        model = stack((4,), layers.Dense(10, activation="tanh"), layers.Dense(10, activation="tanh"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.002), "mse")
    return Program(model, z if mended else x, y if mended else 70 * y + 250, {"epochs": 60, "batch_size": 32})
