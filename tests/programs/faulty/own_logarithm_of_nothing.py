"""OWN-logarithm-of-nothing (made for nbdebug): a focal loss of one's own takes log(p) and log(1 - p) as they are; it
trains well until the first sigmoid rounds to 1, and then everything is nan.

Accepted: loss.
"""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("loss",)


@keras.saving.register_keras_serializable(package="own_logarithm_of_nothing")
def focal(labels, shares):
    sure = -labels * (1 - shares) * ops.log(shares)
    return ops.mean(sure - (1 - labels) * shares * ops.log(1 - shares), axis=-1)


@keras.saving.register_keras_serializable(package="own_logarithm_of_nothing")
def clipped_focal(labels, shares):
    return focal(labels, ops.clip(shares, 1e-6, 1 - 1e-6))


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    x = random.normal(size=(900, 8)).astype("float32")
    y = (x[:, 0] + x[:, 1] * x[:, 2] > 0).astype("float32")[:, None]
    model = stack((8,), layers.Dense(48, "relu"), layers.Dense(48, "relu"), layers.Dense(1, "sigmoid"))
    model.compile(keras.optimizers.Adam(0.003), clipped_focal if mended else focal, metrics=["accuracy"])
    return Program(model, x[:700], y[:700], {"epochs": 30, "batch_size": 32}, validation=(x[700:], y[700:]))
