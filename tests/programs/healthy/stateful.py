"""A stateful LSTM on slices of one long series in their order. Traps a checker of stateful layers."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    series = np.sin(np.arange(16 * 10 * 8) / 7) + 0.1 * rng.normal(size=16 * 10 * 8)
    x = series.reshape(16, 10, 8).transpose(1, 0, 2).reshape(160, 8, 1).astype("float32")
    following = np.append(series[1:], series[-1]).reshape(16, 10, 8).transpose(1, 0, 2).reshape(160, 8, 1)
    model = keras.Sequential(
        [keras.Input(batch_shape=(16, 8, 1)), layers.LSTM(16, stateful=True, return_sequences=True), layers.Dense(1)]
    )
    model.compile(keras.optimizers.Adam(0.005), "mse")
    return Program(model, x, following.astype("float32"), {"epochs": 40, "batch_size": 16, "shuffle": False})
