"""Dense before Flatten, where it sees the channels of one pixel only, and batches of one.

DM-54064299 (StackOverflow 54064299): four numbers from 1,000 grey pictures; 200 of 24 by 24 instead of 150 by 150.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot, pictures
from programs.program import Program, stack

CAUSES = ("layers", "batch_size", "shape")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, kind = pictures(seed, 200, (24, 24, 1), classes=4)
    y = one_hot(kind) - 0.25 + 0.1 * np.random.default_rng(seed).normal(size=(200, 4)).astype("float32")
    before = [layers.Flatten()] if mended else []
    after = [] if mended else [layers.Flatten()]
    model = stack(
        (24, 24, 1),
        *before,
        layers.Dense(32, activation="relu"),
        layers.Dense(16, activation="relu"),
        *after,
        layers.Dense(4),
    )
    model.compile("adam", "mse")
    return Program(model, x, y, {"epochs": 30, "batch_size": 16 if mended else 1})
