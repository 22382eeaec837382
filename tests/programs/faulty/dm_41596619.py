"""Four classes, but one sigmoid unit with binary cross-entropy, by SGD of 0.001.

DM-41596619 (StackOverflow 41596619): eleven examples of three features, labels 0 to 3.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack

CAUSES = ("output_units", "loss", "output_activation", "labels", "learning_rate")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 11, 3, classes=4, spread=0.3)
    if mended:
        model = stack((3,), layers.Dense(12, activation="relu"), layers.Dense(4, activation="softmax"))
        model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy", metrics=["accuracy"])
    else:
        model = stack((3,), layers.Dense(12, activation="relu"), layers.Dense(1, activation="sigmoid"))
        model.compile(keras.optimizers.SGD(0.001), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 300, "batch_size": 4})
