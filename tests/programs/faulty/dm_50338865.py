"""One-hot classes by a linear head with mae, for 50 epochs.

DM-50338865 (StackOverflow 50338865): XOR by an LSTM, four examples of one time and two channels.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot
from programs.program import Program, stack

CAUSES = ("loss", "output_activation", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x = np.array([[[0, 0]], [[0, 1]], [[1, 0]], [[1, 1]]], "float32")
    y = one_hot(np.array([0, 1, 1, 0]))
    model = stack((1, 2), layers.LSTM(16), layers.Dense(2, activation="softmax" if mended else "linear"))
    optimizer = keras.optimizers.Adam(0.05 if mended else 0.001)
    model.compile(optimizer, "categorical_crossentropy" if mended else "mae", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 500 if mended else 50, "batch_size": 4})
