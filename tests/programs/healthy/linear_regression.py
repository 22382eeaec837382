"""Linear regression: one linear unit on standardised features. Traps a checker that misses hidden layers."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import diabetes, standardise
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = diabetes()
    model = stack((10,), layers.Dense(1))
    model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["mae"])
    return Program(model, x, standardise(y), {"epochs": 60, "batch_size": 32})
