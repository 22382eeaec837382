"""A sigmoid for every time, averaged over time. Traps a checker that looks for the head in the last layer."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 400, 24, 2)
    model = stack(
        (24, 2),
        layers.Conv1D(12, 7, activation="relu", padding="same"),
        layers.TimeDistributed(layers.Dense(1, activation="sigmoid")),
        layers.GlobalAveragePooling1D(),
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y.astype("float32"), {"epochs": 30, "batch_size": 16})
