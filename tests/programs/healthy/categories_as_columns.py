"""One-hot columns beside numbers, some categories being rare. Traps a checker of nearly constant features."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import blobs, one_hot
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    z, y = blobs(seed, 700, 6)
    rare = np.minimum(np.random.default_rng(seed).geometric(0.4, size=700) - 1, 9)
    x = np.concatenate([z, one_hot(rare, 10)], axis=1)
    model = stack((16,), layers.Dense(24, activation="relu"), layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y.astype(bool), {"epochs": 40, "batch_size": 32})
