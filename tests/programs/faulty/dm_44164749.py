"""A batch of 2000 for 100 examples and five epochs: five updates in all, of 5000 units.

DM-44164749 (StackOverflow 44164749): ten features, two classes as one-hot labels.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs, one_hot
from programs.program import Program, stack

CAUSES = ("batch_size", "epochs", "learning_rate", "layers")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 100, 10, spread=2)
    model = stack((10,), layers.Dense(64 if mended else 5000, activation="relu"), layers.Dense(2, activation="softmax"))
    model.compile(keras.optimizers.SGD(0.05 if mended else 0.01), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 100 if mended else 5, "batch_size": 10 if mended else 2000})
