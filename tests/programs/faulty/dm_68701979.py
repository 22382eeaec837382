"""Categorical cross-entropy on two softmax units for labels that are class numbers.

DM-68701979 (StackOverflow 68701979): five features, labels (n,); evaluated there without any fit. 800 of the 10,000
examples.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack

CAUSES = ("loss", "labels", "shape", "usage")
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 800, 5)
    model = stack((5,), layers.Dense(10, activation="relu"), layers.Dense(2, activation="softmax"))
    loss = "sparse_categorical_crossentropy" if mended else "categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.003), loss, metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 25, "batch_size": 32})
