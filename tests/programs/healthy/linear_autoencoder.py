"""A linear autoencoder, which finds what PCA finds. Traps a checker of stacks of linear layers."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits, standardise
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x = standardise(digits()[0].reshape(-1, 64))
    model = stack((64,), layers.Dense(8, use_bias=False), layers.Dense(64))
    model.compile(keras.optimizers.Adam(0.003), "mse")
    return Program(model, x, x, {"epochs": 40, "batch_size": 64})
