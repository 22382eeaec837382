"""Four classes, but one sigmoid unit with binary cross-entropy.

DM-62068109 (StackOverflow 62068109): 1,000 grey pictures of 64 by 64; 300 of 32 by 32 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_units", "loss", "output_activation", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 300, (32, 32, 1), classes=4)
    hidden = [
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(24, activation="relu"),
    ]
    head = layers.Dense(4, activation="softmax") if mended else layers.Dense(1, activation="sigmoid")
    model = stack((32, 32, 1), *hidden, head)
    model.compile("adam", "sparse_categorical_crossentropy" if mended else "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 16})
