"""OWN-frozen-and-never-loaded (made for nbdebug): it is as it was drawn.

An encoder is frozen, but its trained weights were never loaded.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "usage", "initialization")


def encoder():
    return keras.Sequential(
        [
            keras.Input((20,)),
            layers.Dense(12, activation="relu"),
            layers.Dense(6, activation="relu"),
            layers.Dense(3, activation="relu"),
        ],
        name="encoder",
    )


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(127)
    x = rng.normal(size=(800, 20)).astype("float32")
    y = (x[:, 0] * 1.5 + np.abs(x[:, 7]) - x[:, 12] > 0.5).astype(int)
    base = encoder()
    base.trainable = bool(mended)
    model = keras.Sequential(
        [keras.Input((20,)), base, layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")]
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
