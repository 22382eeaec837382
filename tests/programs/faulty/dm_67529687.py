"""One-hot labels under two sigmoids and binary cross-entropy, behind Dense layers that grow ever wider.

DM-67529687 (StackOverflow 67529687): 100 pictures of 224 by 224; of 32 by 32 here, and Dense layers of an eighth.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "loss", "layers")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 100, (32, 32, 3))
    convolutions = [
        layers.Conv2D(8, 3, strides=2, activation="relu"),
        layers.Conv2D(16, 3, strides=2, activation="relu"),
        layers.Flatten(),
    ]
    dense = [layers.Dense(units, activation="relu") for units in ((32,) if mended else (128, 256, 512))]
    model = stack((32, 32, 3), *convolutions, *dense, layers.Dense(2, activation="softmax" if mended else "sigmoid"))
    model.compile("adam", "categorical_crossentropy" if mended else "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 30, "batch_size": 10})
