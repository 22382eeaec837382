"""So few updates that the moving averages of batch normalisation never arrive: evaluate() is far below fit().

DM-43055289 (StackOverflow 43055289): 60 pictures of two classes. Pictures of 48 by 48 instead of 225 by 225.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("batch_norm", "epochs", "batch_size")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 60, (48, 48, 3))
    model = stack(
        (48, 48, 3),
        layers.Conv2D(8, 3, strides=2, activation="relu"),
        layers.BatchNormalization(momentum=0.8 if mended else 0.99),
        layers.Conv2D(16, 3, strides=2, activation="relu"),
        layers.BatchNormalization(momentum=0.8 if mended else 0.99),
        layers.Flatten(),
        layers.Dense(1, activation="sigmoid"),
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 40 if mended else 5, "batch_size": 10 if mended else 30})
