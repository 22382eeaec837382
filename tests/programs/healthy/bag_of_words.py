"""Word counts, sparse and not scaled, into a softmax. Traps a checker of unscaled inputs and of dead columns."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import word_counts
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = word_counts(seed, 500, 300, classes=6)
    model = stack(
        (300,), layers.Dense(32, activation="relu"), layers.Dropout(0.3), layers.Dense(6, activation="softmax")
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
