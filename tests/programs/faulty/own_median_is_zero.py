"""OWN-median-is-zero (made for nbdebug): absolute error for a demand that is zero on two days of three."""

import keras
import numpy as np
from programs.program import Program, stack

CAUSES = ("loss",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(153)
    x = rng.normal(size=(1200, 4)).astype("float32")
    size = np.exp(x[:, 0]) + 1
    sold = size * (rng.random(1200) < 0.35)
    expected = 0.35 * size
    model = stack((4,), keras.layers.Dense(24, activation="relu"), keras.layers.Dense(1, bias_initializer="ones"))
    model.compile(keras.optimizers.Adam(0.005), "mse" if mended else "mae")
    return Program(model, x[:800], sold[:800], {"epochs": 15, "batch_size": 32}, (x[800:], expected[800:]))
