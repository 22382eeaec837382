"""OWN-skip-past-everything (made for nbdebug): residual branches are multiplied by a frozen scale of zero.

Only the plain input comes to the linear head.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "initialization", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(79)
    x = rng.uniform(-1, 1, (900, 6))
    y = 2 * x[:, 0] * x[:, 1] + x[:, 2] ** 2
    inp = keras.Input((6,))
    h = inp
    for k in range(2):
        r = layers.Dense(32, activation="relu")(h)
        r = layers.Dense(6)(r)
        r = layers.BatchNormalization(gamma_initializer="zeros", momentum=0.9, trainable=mended, name=f"scale{k}")(r)
        h = layers.Add()([h, r])
    model = keras.Model(inp, layers.Dense(1)(h))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Program(model, x, y, {"epochs": 25, "batch_size": 32})
