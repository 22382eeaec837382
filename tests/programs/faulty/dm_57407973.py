"""A linear head under binary cross-entropy, behind five sigmoid layers of small weights and heavy dropout.

DM-57407973 (StackOverflow 57407973): 1,000 examples of 28 features; weights begin with a deviation of 0.05.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack

CAUSES = ("output_activation", "hidden_activation", "dropout", "initialization", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 1000, 28, spread=2)
    small = keras.initializers.RandomNormal(stddev=0.05, seed=seed)
    hidden = []
    for units in (64, 48, 32, 24, 16):
        if mended:
            hidden += [layers.Dense(units, activation="relu")]
        else:
            hidden += [layers.Dense(units, activation="sigmoid", kernel_initializer=small), layers.Dropout(0.5)]
    model = stack((28,), *hidden, layers.Dense(1, activation="sigmoid" if mended else None))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
