"""Hidden layers in mixed_float16, the head in float32. Traps a checker of number types and of tiny values."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    half = "mixed_float16"
    model = stack(
        (8, 8, 1),
        layers.Conv2D(16, 3, activation="relu", dtype=half),
        layers.Flatten(dtype=half),
        layers.Dense(32, activation="relu", dtype=half),
        layers.Dense(10, activation="softmax", dtype="float32"),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 32})
