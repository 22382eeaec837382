"""Seven classes, but one sigmoid unit with binary cross-entropy.

DM-66235657 (StackOverflow 66235657): skin pictures of 28 by 28 by 3; made pictures instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_units", "loss", "output_activation", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 420, (28, 28, 3), classes=7)
    head = layers.Dense(7, activation="softmax") if mended else layers.Dense(1, activation="sigmoid")
    model = stack(
        (28, 28, 3),
        layers.Conv2D(16, 3, activation="relu", strides=2),
        layers.Conv2D(16, 3, activation="relu", strides=2),
        layers.Flatten(),
        layers.Dropout(0.3),
        layers.Dense(64, activation="relu"),
        head,
    )
    model.compile(
        keras.optimizers.Adam(0.001),
        "sparse_categorical_crossentropy" if mended else "binary_crossentropy",
        metrics=["accuracy"],
    )
    return Program(model, x, y[:, None], {"epochs": 20, "batch_size": 32})
