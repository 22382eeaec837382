"""One example in five is positive, as they are in nature. Traps a checker of imbalance."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 800, 8, classes=5)
    model = stack((8,), layers.Dense(24, activation="relu"), layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, (y == 0).astype("float32"), {"epochs": 30, "batch_size": 32})
