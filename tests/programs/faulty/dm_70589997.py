"""101 classes, but one sigmoid unit with categorical cross-entropy.

DM-70589997 (StackOverflow 70589997): 100 pictures of 128 by 128, labels 0 to 100; 303 of 24 by 24 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_units", "loss", "output_activation", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 303, (24, 24, 3), classes=101)
    head = layers.Dense(101, activation="softmax") if mended else layers.Dense(1, activation="sigmoid")
    model = stack(
        (24, 24, 3),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        head,
    )
    loss = "sparse_categorical_crossentropy" if mended else "categorical_crossentropy"
    model.compile("adam", loss, metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 16})
