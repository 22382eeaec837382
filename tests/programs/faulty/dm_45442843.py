"""A number without bounds by a softmax of two units behind a hidden layer of one sigmoid unit.

DM-45442843 (StackOverflow 45442843): 100 examples of one feature, a target with a deviation of about 40; mae, ten
epochs, a batch of 200.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units", "layers", "loss", "epochs", "batch_size", "hidden_activation")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 100, 1)
    if mended:
        model = stack((1,), layers.Dense(32, activation="relu"), layers.Dense(1))
        model.compile(keras.optimizers.Adam(0.01), "mse")
        return Program(model, x, y, {"epochs": 200, "batch_size": 10})
    model = stack((1,), layers.Dense(1, activation="sigmoid"), layers.Dense(2, activation="softmax"))
    model.compile("sgd", "mae")
    return Program(model, x, 40 * y, {"epochs": 10, "batch_size": 200})
