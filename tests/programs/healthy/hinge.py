"""Labels of -1 and 1 with a tanh head and the hinge loss. Traps a checker that wants labels of 0 and 1."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import cancer
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = cancer()
    model = stack((30,), layers.Dense(16, activation="relu"), layers.Dense(1, activation="tanh"))
    model.compile("adam", "hinge")
    return Program(model, x, (2 * y - 1).astype("float32"), {"epochs": 30, "batch_size": 16})
