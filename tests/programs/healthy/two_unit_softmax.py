"""Two classes as two softmax units with one-hot labels. Traps a checker that wants one sigmoid unit."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import cancer, one_hot
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = cancer()
    model = stack((30,), layers.Dense(16, activation="relu"), layers.Dense(2, activation="softmax"))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 30, "batch_size": 16})
