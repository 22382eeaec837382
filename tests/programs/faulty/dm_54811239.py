"""Targets of 7 to 12 behind a tanh, which ends at 1; nothing is scaled.

DM-54811239 (StackOverflow 54811239): an LSTM on two series of three times and four channels.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("output_activation", "target_scaling", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x = np.arange(24, dtype="float32").reshape(2, 3, 4) + np.random.default_rng(seed).integers(0, 3)
    y = np.array([[7.0], [12.0]], "float32")
    if mended:
        x, y = (x - x.mean()) / x.std(), (y - y.mean()) / y.std()
    model = stack((3, 4), layers.LSTM(12), layers.Dense(1, activation="linear" if mended else "tanh"))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Program(model, x, y, {"epochs": 300, "batch_size": 2})
