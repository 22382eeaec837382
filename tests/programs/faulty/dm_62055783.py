"""CategoricalCrossentropy for labels that are class numbers, with an L1 penalty of 0.01.

DM-62055783 (StackOverflow 62055783): seven classes of 1,000 grey pictures of 48 by 48; 350 of 24 by 24 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("loss", "labels", "regularization", "shape")
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 350, (24, 24, 1), classes=7)
    penalty = None if mended else keras.regularizers.L1(0.01)
    model = stack(
        (24, 24, 1),
        layers.Conv2D(16, 3, activation="relu", kernel_regularizer=penalty),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu", kernel_regularizer=penalty),
        layers.Flatten(),
        layers.Dense(7),
    )
    kind = keras.losses.SparseCategoricalCrossentropy if mended else keras.losses.CategoricalCrossentropy
    model.compile("adam", kind(from_logits=True), metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 25})
