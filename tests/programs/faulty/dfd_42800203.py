"""Two classes by a softmax on one unit.

DFD-42800203 (StackOverflow 42800203): the words leave the data open; breast cancer measurements.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import cancer
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = cancer()
    model = stack(
        (30,),
        layers.Dense(64, activation="tanh"),
        layers.Dense(32, activation="tanh"),
        layers.Dense(1),
        layers.Activation("sigmoid") if mended else layers.Softmax(),
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y.astype("float32"), {"epochs": 25, "batch_size": 20})
