"""Six labels that may hold at once: sigmoids and binary cross-entropy. Traps a checker that wants a softmax."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, numbers = curve(seed, 600, 12, 6)
    y = (numbers > 0.4).astype("float32")
    model = stack((12,), layers.Dense(32, activation="relu"), layers.Dense(6, activation="sigmoid"))
    model.compile("adam", "binary_crossentropy", metrics=["binary_accuracy"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
