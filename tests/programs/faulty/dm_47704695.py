"""Pictures of two classes by a softmax on one unit.

DM-47704695 (StackOverflow 47704695): 500 pictures; of 32 by 32 instead of 128 by 128.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 500, (32, 32, 3))
    model = stack(
        (32, 32, 3),
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(32, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 10, "batch_size": 16})
