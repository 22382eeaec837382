"""A mask of foreground pixels by one sigmoid channel, foreground being rarer. Traps a checker of two-class heads."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    mask = np.kron(rng.random((200, 4, 4)) < 0.25, np.ones((1, 4, 4)))[..., None].astype("float32")
    x = (0.4 * mask + 0.3 + 0.2 * rng.normal(size=mask.shape)).astype("float32")
    model = stack(
        (16, 16, 1),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.Conv2D(8, 3, padding="same", activation="relu"),
        layers.Conv2D(1, 1, activation="sigmoid"),
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, mask, {"epochs": 15, "batch_size": 16})
