"""Logistic regression: one sigmoid unit. Traps a checker that misses hidden layers."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import cancer
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = cancer()
    model = stack((30,), layers.Dense(1, activation="sigmoid", kernel_regularizer=keras.regularizers.L2(1e-3)))
    model.compile(keras.optimizers.SGD(0.05), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 50, "batch_size": 32})
