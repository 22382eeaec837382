"""Series with channels first, normalised along axis 1 and then turned. Traps a checker of batch-norm axes."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 300, 40, 3, classes=3)
    model = stack(
        (3, 40),
        layers.BatchNormalization(axis=1),
        layers.Permute((2, 1)),
        layers.Conv1D(12, 5, activation="relu"),
        layers.Conv1D(12, 5, activation="relu"),
        layers.GlobalMaxPooling1D(),
        layers.Dense(3, activation="softmax"),
    )
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x.transpose(0, 2, 1), y, {"epochs": 20, "batch_size": 16})
