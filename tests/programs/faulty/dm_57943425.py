"""Two sigmoids under sparse categorical cross-entropy; batch normalisation along rows instead of channels.

DM-57943425 (StackOverflow 57943425): 100 grey pictures of 10 by 10; SGD of 0.001, five epochs.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "batch_norm", "learning_rate", "epochs", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 100, (10, 10, 1))
    axis = -1 if mended else 1
    model = stack(
        (10, 10, 1),
        layers.Conv2D(8, 3, activation="relu", padding="same"),
        layers.BatchNormalization(axis=axis, momentum=0.9),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu", padding="same"),
        layers.BatchNormalization(axis=axis, momentum=0.9),
        layers.Flatten(),
        layers.Dense(2, activation="softmax" if mended else "sigmoid"),
    )
    optimizer = keras.optimizers.SGD(0.02 if mended else 0.001)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 40 if mended else 5, "batch_size": 10})
