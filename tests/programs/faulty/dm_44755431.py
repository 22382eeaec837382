"""Dropout of 0.5 on the logits, right before the softmax.

DM-44755431 (StackOverflow 44755431): a convolutional network for MNIST. scikit-learn's digits instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits, one_hot
from programs.program import Program, stack

CAUSES = ("dropout",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    hidden = [
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10),
    ]
    model = stack((8, 8, 1), *hidden, *([] if mended else [layers.Dropout(0.5)]), layers.Activation("softmax"))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 15, "batch_size": 32})
