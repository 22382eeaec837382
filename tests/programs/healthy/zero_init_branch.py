"""Residual blocks whose branches begin at zero, as is advised for deep ones. Traps a checker of constant weights."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    image = keras.Input((8, 8, 1))
    h = layers.Conv2D(16, 3, padding="same", activation="relu")(image)
    for _ in range(4):
        branch = layers.Conv2D(16, 3, padding="same", use_bias=False)(h)
        branch = layers.BatchNormalization(gamma_initializer="zeros")(branch)
        h = layers.ReLU()(h + branch)
    model = keras.Model(image, layers.Dense(10, activation="softmax")(layers.GlobalAveragePooling2D()(h)))
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 32})
