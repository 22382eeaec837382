"""OWN-variance-the-wrong-way (made for nbdebug): a mean and the logarithm of its variance, with a likelihood that
multiplies the squared error by the variance where it should divide by it; the loss falls for ever and the mean is never
learned.

Accepted: loss.
"""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program, stack

CAUSES = ("loss",)


@keras.saving.register_keras_serializable(package="own_variance_the_wrong_way")
def divided(labels, given):
    mean, log_variance = given[:, :1], given[:, 1:]
    return ops.mean(0.5 * (log_variance + ops.square(labels - mean) * ops.exp(-log_variance)), axis=-1)


@keras.saving.register_keras_serializable(package="own_variance_the_wrong_way")
def multiplied(labels, given):
    mean, log_variance = given[:, :1], given[:, 1:]
    return ops.mean(0.5 * (log_variance + ops.square(labels - mean) * ops.exp(log_variance)), axis=-1)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    x = random.normal(size=(1200, 5)).astype("float32")
    y = np.sin(2 * x[:, :1]) + x[:, 1:2] + 0.2 * np.exp(0.5 * x[:, 2:3]) * random.normal(size=(1200, 1))
    y = y.astype("float32")
    model = stack((5,), layers.Dense(32, "relu"), layers.Dense(32, "relu"), layers.Dense(2))
    model.compile(keras.optimizers.Adam(0.003), divided if mended else multiplied)
    return Program(model, x[:1000], y[:1000], {"epochs": 25, "batch_size": 32}, validation=(x[1000:], y[1000:]))
