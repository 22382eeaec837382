"""Two examples, one of which validation_split takes away; one hidden sigmoid unit; too few and too small updates.

DM-46359741 (StackOverflow 46359741): is a number 0 or 1?
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("split", "layers", "output_units", "learning_rate", "epochs", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = np.array([[0.0], [1.0]], "float32"), np.array([[0.0], [1.0]], "float32")
    if mended:
        model = stack((1,), layers.Dense(8, activation="tanh"), layers.Dense(1, activation="sigmoid"))
        model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"])
        return Program(model, x, y, {"epochs": 300, "batch_size": 2})
    model = stack((1,), layers.Dense(1, activation="sigmoid"), layers.Dense(1, activation="sigmoid"))
    model.compile(keras.optimizers.SGD(0.001), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 10, "batch_size": 1, "validation_split": 0.5})
