"""RMSprop at its default learning rate is too slow for one linear unit; accuracy as metric.

DFD-51181393 (StackOverflow 51181393): the words leave the data open; a line of slope 3 and offset 2, which are 3,000
and 2,000 steps of that rate away.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("learning_rate", "metric", "epochs", "optimizer")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x = np.random.default_rng(seed).uniform(-1, 1, size=(200, 1)).astype("float32")
    model = stack((1,), layers.Dense(1))
    optimizer = keras.optimizers.RMSprop(0.1) if mended else keras.optimizers.RMSprop()
    model.compile(optimizer, "mse", metrics=["mae" if mended else "accuracy"])
    return Program(model, x, 3 * x + 2, {"epochs": 50, "batch_size": 10})
