"""Five classes by independent sigmoids under categorical cross-entropy.

DM-55198221 (StackOverflow 55198221): 500 pictures; of 30 by 30 instead of 75 by 75.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 500, (30, 30, 3), classes=5)
    model = stack(
        (30, 30, 3),
        layers.Conv2D(12, 3, activation="relu"),
        layers.MaxPooling2D(3),
        layers.Conv2D(24, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(5, activation="softmax" if mended else "sigmoid"),
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 12, "batch_size": 20})
