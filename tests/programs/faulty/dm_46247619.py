"""Targets of both signs behind a ReLU head, trained on five examples.

DM-46247619 (StackOverflow 46247619): Conv1D on series of 50 times; the twin trains on all of the 400 (10,000 there).
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack

CAUSES = ("output_activation", "data", "split")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    series, _ = waves(seed, 400, 51)
    x, y = series[:, :50], series[:, 50]
    if not mended:
        x, y = x[:5], y[:5]
    model = stack(
        (50, 1),
        layers.Conv1D(16, 5, activation="relu"),
        layers.MaxPooling1D(),
        layers.Flatten(),
        layers.Dense(1, activation="linear" if mended else "relu"),
    )
    model.compile("adam", "mse")
    return Program(model, x, y, {"epochs": 40, "batch_size": 32 if mended else 2})
