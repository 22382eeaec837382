"""Ten classes, but one sigmoid unit with binary cross-entropy, whose loss goes below 0; raw pixels.

DM-60874661 (StackOverflow 60874661): CIFAR-10. Coloured digits of 16 by 16 instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import colour_digits
from programs.program import Program, stack

CAUSES = ("output_units", "loss", "output_activation", "labels", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = colour_digits()
    hidden = [
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(32, activation="relu"),
    ]
    if mended:
        model = stack((16, 16, 3), *hidden, layers.Dense(10, activation="softmax"))
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        return Program(model, x / 255, y, {"epochs": 10, "batch_size": 32})
    model = stack((16, 16, 3), *hidden, layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 10, "batch_size": 32})
