"""Two classes by a softmax on one unit.

DM-45378493 (StackOverflow 45378493): a Conv1D network for 600 series of ten times and four channels.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 600, 10, 4)
    model = stack(
        (10, 4),
        layers.Conv1D(16, 3, activation="relu"),
        layers.Conv1D(16, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 16})
