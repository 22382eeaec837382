"""Two classes by a softmax on one unit, in batches of two.

DM-66087653 (StackOverflow 66087653): 1,000 series of ten times and 150 channels, flattened; 400 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units", "batch_size")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 400, 10, 150)
    model = stack(
        (10, 150),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(32, activation="relu"),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20 if mended else 3, "batch_size": 32 if mended else 2})
