"""XOR of two bits: four examples, taken as one batch. Traps a checker of batches as large as the data."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
    y = np.array([[0], [1], [1], [0]], "float32")
    model = stack((2,), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="sigmoid"))
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 500, "batch_size": 4})
