"""The pictures have no channel axis, though the network was declared with one behind a wrong number of rows.

D4ML-081 (StackOverflow 41651628): a convolutional network, crashing at the first batch; 200 pictures of 20 by 28.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("shape",)
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 200, (20, 28, 1), classes=4)
    model = stack(
        (20, 28, 1) if mended else (28, 20, 3),
        layers.Conv2D(8, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(4, activation="softmax"),
    )
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x if mended else x[..., 0], y, {"epochs": 20, "batch_size": 20})
