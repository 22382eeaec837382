"""Categorical cross-entropy for ten classes whose labels are numbers.

DFD-39810655 (StackOverflow 39810655): the words leave the data open; scikit-learn's digits.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program, stack

CAUSES = ("loss", "labels", "shape")
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    model = stack(
        (64,), layers.Dense(64, activation="relu"), layers.Dropout(0.2), layers.Dense(10, activation="softmax")
    )
    loss = "sparse_categorical_crossentropy" if mended else "categorical_crossentropy"
    model.compile("rmsprop", loss, metrics=["accuracy"])
    return Program(model, x.reshape(-1, 64), y, {"epochs": 15, "batch_size": 32})
