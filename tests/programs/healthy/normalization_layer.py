"""Raw measurements up to 4254 behind an adapted Normalization layer. Traps a checker of unscaled inputs."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import cancer
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = cancer(raw=True)
    normalise = layers.Normalization()
    normalise.adapt(x)
    model = stack((30,), normalise, layers.Dense(16, activation="relu"), layers.Dense(1, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 40, "batch_size": 32})
