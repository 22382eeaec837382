"""One linear unit and a binary loss that takes logits. Traps a checker that misses a sigmoid."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 400, 32, 2)
    model = stack(
        (32, 2), layers.Conv1D(8, 5, activation="relu"), layers.GlobalMaxPooling1D(), layers.Dense(1, name="score")
    )
    model.compile(
        keras.optimizers.Adam(0.005),
        keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)],
    )
    return Program(model, x, y.astype("float32")[:, None], {"epochs": 20, "batch_size": 16})
