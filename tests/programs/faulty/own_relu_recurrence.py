"""OWN-relu-recurrence (made for nbdebug): a plain recurrent layer with ReLU and an identity start twice too large.

Over forty times the state explodes.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("hidden_activation", "initialization", "learning_rate")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(147)
    x = rng.normal(size=(400, 40, 2)).astype("float32")
    y = np.tanh(x[:, -4:, 0].sum(1) / 2)
    if mended:
        cell = layers.SimpleRNN(24)
    else:
        cell = layers.SimpleRNN(24, activation="relu", recurrent_initializer=keras.initializers.Identity(2.0))
    model = keras.Sequential([layers.Input((40, 2)), cell, layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.005), "mse")
    return Program(model, x, y, {"epochs": 15, "batch_size": 32})
