"""A linear classifier whose kernel has a rank of four, with less than half of the weights.

Traps a checker of stacks of linear layers.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits, standardise
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    images, y = digits()
    model = stack((64,), layers.Dense(4, use_bias=False), layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, standardise(images.reshape(len(images), 64)), y, {"epochs": 20, "batch_size": 32})
