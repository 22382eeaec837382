"""A softmax with a temperature inside a Lambda. Traps a checker that knows activations by name only."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import iris, one_hot
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = iris()
    model = stack(
        (4,),
        layers.Dense(12, activation="elu"),
        layers.Dense(3),
        layers.Lambda(lambda scores: keras.ops.softmax(scores / 2.0)),
    )
    model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 60, "batch_size": 16})
