"""Counts with an exponential head and the Poisson loss. Traps a checker of odd heads."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import curve
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, rate = curve(seed, 600, 6)
    y = np.random.default_rng(seed).poisson(np.exp(0.7 * rate)).astype("float32")
    model = stack((6,), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="exponential"))
    model.compile(keras.optimizers.Adam(0.005), "poisson")
    return Program(model, x, y, {"epochs": 40, "batch_size": 32})
