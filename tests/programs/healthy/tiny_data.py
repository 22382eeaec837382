"""Twenty-four examples, and enough epochs for them. Traps a checker that needs many examples."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 24, 4, classes=3, spread=0.4)
    model = stack((4,), layers.Dense(12, activation="relu"), layers.Dense(3, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 100, "batch_size": 8})
