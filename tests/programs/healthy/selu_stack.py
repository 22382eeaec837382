"""Eight SELU layers that normalise themselves, with AlphaDropout. Traps a checker of depth without normalisation."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import rings
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = rings(seed, 800, 4)
    deep = [layers.Dense(24, activation="selu", kernel_initializer="lecun_normal") for _ in range(8)]
    model = stack((4,), *deep, layers.AlphaDropout(0.05), layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
