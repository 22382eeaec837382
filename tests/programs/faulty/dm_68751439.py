"""A softmax on one unit under categorical cross-entropy.

DM-68751439 (StackOverflow 68751439): 100 examples of 14 features, two classes.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack

CAUSES = ("output_activation", "loss", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 100, 14)
    model = stack(
        (14,),
        layers.Dense(14, activation="relu"),
        layers.Dense(8, activation="relu"),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    model.compile("adam", "binary_crossentropy" if mended else "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y[:, None], {"epochs": 60, "batch_size": 10})
