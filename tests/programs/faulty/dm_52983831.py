"""A softmax on one unit at the end of a GRU.

DM-52983831 (StackOverflow 52983831): one example of eight times there; 64 here, so that there are both classes.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 64, 8)
    model = stack((8, 1), layers.GRU(24), layers.Dense(1, activation="sigmoid" if mended else "softmax"))
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 60, "batch_size": 8})
