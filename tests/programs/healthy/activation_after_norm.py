"""Dense without an activation, batch normalisation, then the activation. Traps a checker of linear hidden layers."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 800, 12, classes=4)
    model = stack(
        (12,),
        layers.Dense(32, use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.Dense(32, use_bias=False),
        layers.BatchNormalization(),
        layers.Activation("relu"),
        layers.Dense(4, activation="softmax"),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
