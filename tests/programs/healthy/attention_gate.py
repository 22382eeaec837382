"""One score a time, softmax over time, a weighted mean. Traps a checker of softmax on one unit."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 400, 24, 2, classes=3)
    series = keras.Input((24, 2))
    h = layers.Conv1D(16, 5, padding="same", activation="relu")(series)
    weight = layers.Softmax(axis=1)(layers.Dense(1)(h))
    pooled = keras.ops.sum(weight * h, axis=1)
    model = keras.Model(series, layers.Dense(3, activation="softmax")(pooled))
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 16})
