"""One epoch, but of 1250 updates. Traps a checker that counts epochs."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 20_000, 10, classes=4)
    model = stack((10,), layers.Dense(32, activation="relu"), layers.Dense(4, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 1, "batch_size": 16})
