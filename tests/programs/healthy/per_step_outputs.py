"""A label for every time of a series. Traps a checker that wants the last axis only, or a Flatten before Dense."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(300, 20, 3)).astype("float32")
    y = np.digitize(np.cumsum(x[..., 0], axis=1) / 2, [-1, 1])
    model = stack((20, 3), layers.LSTM(16, return_sequences=True), layers.Dense(3, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 16})
