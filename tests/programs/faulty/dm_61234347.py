"""A single epoch for a deep tanh network: five updates.

DM-61234347 (StackOverflow 61234347): iris; the twin is smaller and has more epochs.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import iris, one_hot
from programs.program import Program, stack

CAUSES = ("epochs", "layers", "hidden_activation")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = iris()
    hidden = [layers.Dense(units, activation="tanh") for units in ((16,) if mended else (64, 64, 32, 32, 16, 16))]
    model = stack((4,), *hidden, layers.Dense(3, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.005 if mended else 0.001), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 80 if mended else 1, "batch_size": 10 if mended else 32})
