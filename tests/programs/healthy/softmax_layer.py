"""A linear Dense with a Softmax layer of its own behind it. Traps a checker that reads the last Dense alone."""

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
        layers.Dense(48),
        layers.LeakyReLU(),
        layers.Dense(10, name="logits"),
        layers.Softmax(),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
