"""A batch of 50 that is the whole data set: one update an epoch, with batch normalisation and heavy dropout.

DM-64237179 (StackOverflow 64237179): Conv3D on 50 volumes of 50 x 50 x 50; of 12 x 12 x 12 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("batch_norm", "batch_size", "dropout", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 50, (12, 12, 12, 1))
    norm = {"momentum": 0.9} if mended else {}
    rate = 0.1 if mended else 0.6
    model = stack(
        (12, 12, 12, 1),
        layers.Conv3D(8, 3, activation="relu"),
        layers.BatchNormalization(**norm),
        layers.MaxPooling3D(2),
        layers.Dropout(rate),
        layers.Conv3D(16, 3, activation="relu"),
        layers.BatchNormalization(**norm),
        layers.Flatten(),
        layers.Dropout(rate),
        layers.Dense(1, activation="sigmoid"),
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 40 if mended else 10, "batch_size": 8 if mended else 50})
