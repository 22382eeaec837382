"""A split into training and validation data that have nothing in common, early stopping being planned."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 900, 9, classes=3)
    model = stack(
        (9,),
        layers.Dense(32, activation="relu", kernel_regularizer=keras.regularizers.L2(1e-4)),
        layers.Dense(16, activation="relu"),
        layers.Dense(3, activation="softmax"),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[:700], y[:700], {"epochs": 40, "batch_size": 32}, validation=(x[700:], y[700:]))
