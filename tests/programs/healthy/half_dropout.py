"""Dropout of 0.5 between two large layers. Traps a checker of strong dropout."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    model = stack(
        (8, 8, 1),
        layers.Flatten(),
        layers.Dense(128, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(64, activation="relu"),
        layers.Dropout(0.5),
        layers.Dense(10, activation="softmax"),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
