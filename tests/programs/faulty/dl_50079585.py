"""Three classes, but one sigmoid unit with binary cross-entropy.

DL-50079585 (StackOverflow 50079585): 4,600 pictures; 450 made ones of 24 by 24 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, pictures
from programs.program import Program, stack

CAUSES = ("output_units", "loss", "output_activation", "labels", "learning_rate", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 450, (24, 24, 3), classes=3)
    hidden = [
        layers.Conv2D(12, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(24, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(32, activation="relu"),
        layers.Dropout(0.5),
    ]
    if mended:
        model = stack((24, 24, 3), *hidden, layers.Dense(3, activation="softmax"))
        model.compile(keras.optimizers.Adam(0.001), "categorical_crossentropy", metrics=["accuracy"])
        return Program(model, x, one_hot(y), {"epochs": 30, "batch_size": 16})
    model = stack((24, 24, 3), *hidden, layers.Dense(1, activation="sigmoid"))
    model.compile(keras.optimizers.RMSprop(0.0001), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 5, "batch_size": 16})
