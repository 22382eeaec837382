"""A wide hidden layer is frozen as it was drawn, on purpose; only the linear head is trained.

Traps a checker of frozen layers whose trained weights were never loaded.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.program import Program, stack
from sklearn.datasets import load_digits


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    rff = layers.Dense(400, activation="relu", kernel_initializer="he_normal", trainable=False, name="random_features")
    model = stack((64,), layers.Rescaling(1 / 16, -0.3), rff, layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.002), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, d.data, d.target, {"epochs": 8, "batch_size": 32})
