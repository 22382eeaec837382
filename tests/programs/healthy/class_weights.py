"""One example in fifteen is positive, and class weights make up for it. Traps a checker of imbalance."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 1500, 10, classes=15)
    y = (y == 0).astype("int64")
    model = stack((10,), layers.Dense(24, activation="relu"), layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=[keras.metrics.AUC()])
    return Program(model, x, y, {"epochs": 30, "batch_size": 32, "class_weight": {0: 0.54, 1: 7.5}})
