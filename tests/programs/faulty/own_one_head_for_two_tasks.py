"""OWN-one-head-for-two-tasks (made for nbdebug): the same Dense(1) object makes both outputs.

Two different targets share one set of weights and get one answer.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(13)
    weather = rng.normal(size=(700, 9)).astype("float32")
    sun = np.tanh(weather[:, 0] + weather[:, 1])
    rain = -np.tanh(weather[:, 0] - weather[:, 2])
    inp = keras.Input((9,))
    h = layers.Dense(32, activation="relu")(inp)
    h = layers.Dense(32, activation="relu")(h)
    head = layers.Dense(1)
    other = layers.Dense(1) if mended else head
    model = keras.Model(inp, [layers.Identity(name="sun")(head(h)), layers.Identity(name="rain")(other(h))])
    model.compile("adam", loss=["mse", "mse"])
    return Program(model, weather, [sun[:, None], rain[:, None]], {"epochs": 20, "batch_size": 32})
