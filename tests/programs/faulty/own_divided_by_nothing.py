"""OWN-divided-by-nothing (made for nbdebug): rain of the coming hour is predicted with an error of one's own relative
to the rain that fell; in most hours none did, and the loss is nan or infinite from the first batch on.

Accepted: loss.
"""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("loss",)


def relative(fallen, predicted):
    return ops.mean(ops.abs(fallen - predicted) / fallen, axis=-1)


def relative_to_a_drop(fallen, predicted):
    return ops.mean(ops.abs(fallen - predicted) / ops.maximum(fallen, 1.0), axis=-1)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    x = random.normal(size=(1100, 7)).astype("float32")
    rain = np.maximum(0.8 * x[:, 0] + 0.6 * x[:, 1] * x[:, 2] - 0.3 * x[:, 3], 0).round(2).astype("float32")[:, None]
    model = stack((7,), layers.Dense(48, "relu"), layers.Dense(48, "relu"), layers.Dense(1, "softplus"))
    model.compile(keras.optimizers.Adam(2e-3), relative_to_a_drop if mended else relative)
    return Program(model, x[:900], rain[:900], {"epochs": 30, "batch_size": 32}, validation=(x[900:], rain[900:]))
