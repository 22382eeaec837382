"""Probabilities asked of a linear head by binary cross-entropy; no layer has an activation.

DM-54282951 (StackOverflow 54282951): 100 pictures of two classes; of 40 by 40 instead of 230 by 230.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "hidden_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 100, (40, 40, 3))
    inner = "relu" if mended else None
    model = stack(
        (40, 40, 3),
        layers.Conv2D(8, 3, activation=inner),
        layers.MaxPooling2D(),
        layers.Conv2D(8, 3, activation=inner),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(16, activation=inner),
        layers.Dense(1, activation="sigmoid" if mended else None),
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 25, "batch_size": 8})
