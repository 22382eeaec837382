"""A ReLU head under binary cross-entropy, which takes the logarithm of values outside of 0 to 1.

DM-51185079 (StackOverflow 51185079): 1,000 examples of 34 features.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 1000, 34, spread=2)
    model = stack(
        (34,),
        layers.Dense(34, activation="relu"),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid" if mended else "relu"),
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
