"""Binary cross-entropy for classes that exclude each other, behind a softmax.

DFD-41327601 (StackOverflow 41327601): the words leave the data open; made pictures of eight classes, one-hot.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, pictures
from programs.program import Program, stack

CAUSES = ("loss", "output_activation")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 480, (20, 20, 3), classes=8)
    model = stack(
        (20, 20, 3),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(8, activation="softmax"),
    )
    loss = "categorical_crossentropy" if mended else "binary_crossentropy"
    model.compile(keras.optimizers.RMSprop(0.001), loss, metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 15, "batch_size": 24})
