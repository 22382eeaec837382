"""A softmax on one unit under mse at the end of an LSTM, for two classes.

DM-68938619 (StackOverflow 68938619): 1,000 series of ten times; 400 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack

CAUSES = ("output_activation", "loss", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 400, 10)
    model = stack(
        (10, 1),
        layers.LSTM(20, return_sequences=True),
        layers.LSTM(10),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy" if mended else "mse", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 25, "batch_size": 16})
