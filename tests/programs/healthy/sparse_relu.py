"""Digits with a wide ReLU layer that an activity penalty keeps sparse; trained for a while already.

Traps a checker that takes many zeros for dead units.
"""

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
        layers.Dense(256, activation="relu", activity_regularizer=keras.regularizers.L1(1e-4)),
        layers.Dense(10, activation="softmax"),
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=4, batch_size=64, verbose=0)
    return Program(model, x, y, {"epochs": 20, "batch_size": 64})
