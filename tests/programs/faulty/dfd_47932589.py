"""Regression with neither inputs nor targets scaled.

DFD-47932589 (StackOverflow 47932589): the words leave the data open; three features and a sum of money.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("input_scaling", "target_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    z, y = curve(seed, 700, 3)
    x = np.exp(z + np.array([4, 7, 9])).astype("float32")
    money = 45_000 + 12_000 * y
    if mended:
        x = np.log(x)
        x = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
        money = (money - money.min()) / (money.max() - money.min())
    model = stack((3,), layers.Dense(32, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.002), "mse")
    return Program(model, x, money, {"epochs": 50, "batch_size": 16})
