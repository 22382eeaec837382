"""OWN-leaky-slope-of-one (made for nbdebug): it is the identity, so the whole net is linear."""

from __future__ import annotations

import keras
import numpy as np
from programs.program import Program
from sklearn.datasets import make_moons

CAUSES = ("hidden_activation",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = make_moons(800, noise=0.12, random_state=4)
    x = np.c_[x[:, 0] * np.cos(0.4) - x[:, 1], x[:, 1] + x[:, 0] ** 2 / 2]
    act = lambda: keras.layers.LeakyReLU(negative_slope=0.1 if mended else 1.0)  # noqa: E731
    inp = keras.Input((2,))
    h = act()(keras.layers.Dense(32)(inp))
    h = act()(keras.layers.Dense(32)(h))
    net = keras.Model(inp, keras.layers.Dense(1, activation="sigmoid")(h))
    net.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(net, x, y, {"epochs": 25, "batch_size": 32})
