"""Sigmoid layers of small weights by plain SGD, in batches of 50, do not move.

DL-39217567 (StackOverflow 39217567): each of 256 patterns of eight bits has a random pattern of eight bits.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("hidden_activation", "optimizer", "initialization", "batch_size", "learning_rate")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x = ((np.arange(256)[:, None] >> np.arange(8)) & 1).astype("float32")
    y = x[np.random.default_rng(seed).permutation(256)]
    if mended:
        hidden = [layers.Dense(256, activation="relu"), layers.Dense(128, activation="relu")]
    else:
        small = keras.initializers.RandomNormal(stddev=0.05, seed=seed)
        hidden = [layers.Dense(64, activation="sigmoid", kernel_initializer=small) for _ in range(3)]
    model = stack((8,), *hidden, layers.Dense(8, activation="sigmoid"))
    optimizer = keras.optimizers.Adam(0.003) if mended else keras.optimizers.SGD(0.01)
    model.compile(optimizer, "binary_crossentropy", metrics=["binary_accuracy"])
    return Program(model, x, y, {"epochs": 100, "batch_size": 16 if mended else 50})
