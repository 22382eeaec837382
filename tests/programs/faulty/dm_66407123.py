"""Two classes by a softmax on one unit.

DM-66407123 (StackOverflow 66407123): 1,000 examples of five features.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import rings
from programs.program import Program

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = rings(seed, 1000, 5)
    row = keras.Input((5,))
    h = layers.Dense(32, activation="relu")(row)
    h = layers.Dense(16, activation="relu")(h)
    model = keras.Model(row, layers.Dense(1, activation="sigmoid" if mended else keras.activations.softmax)(h))
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
