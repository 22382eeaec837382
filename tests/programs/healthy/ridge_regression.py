"""Ridge regression as a network: one linear layer with L2, nothing hidden.

Traps a checker of networks without a hidden layer, and of penalties.
"""

from __future__ import annotations

import keras
import numpy as np
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(14)
    x = rng.normal(size=(400, 30))
    w = rng.normal(size=30) * (rng.random(30) < 0.4)
    y = x @ w + 3.0 + rng.normal(0, 0.5, 400)
    model = stack((30,), keras.layers.Dense(1, kernel_regularizer=keras.regularizers.L2(1e-3)))
    model.compile(keras.optimizers.SGD(0.03), "mse")
    return Program(model, x[:320], y[:320], {"epochs": 20, "batch_size": 16}, (x[320:], y[320:]))
