"""A model written as a class with a call of its own. Traps a checker that needs a graph of layers."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import iris
from programs.program import Program


class Two(keras.Model):
    """A hidden layer and a head."""

    def __init__(self):
        super().__init__()
        self.hidden = layers.Dense(24, activation="tanh")
        self.head = layers.Dense(3, activation="softmax")

    def call(self, x):
        return self.head(self.hidden(x))


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = iris()
    model = Two()
    model(x[:1])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 60, "batch_size": 16})
