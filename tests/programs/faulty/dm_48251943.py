"""Targets of both signs behind a ReLU head.

DM-48251943 (StackOverflow 48251943): two features of a table; made data instead of the file.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 400, 2)
    model = stack(
        (2,),
        layers.Dense(32, activation="relu"),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="linear" if mended else "relu"),
    )
    model.compile("adam", "mse")
    return Program(model, x, y[:, 0], {"epochs": 50, "batch_size": 16})
