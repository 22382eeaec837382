"""Texts of several lengths, padded with zeros that are masked. Traps checkers of steps that do nothing."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import tokens
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = tokens(seed, 400, 20, 60, classes=2)
    length = np.random.default_rng(seed).integers(6, 21, size=(400, 1))
    x = np.where(np.arange(20) < length, x, 0)
    model = stack(
        (20,), layers.Embedding(60, 12, mask_zero=True), layers.GRU(16), layers.Dense(1, activation="sigmoid")
    )
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y[:, None], {"epochs": 20, "batch_size": 16})
