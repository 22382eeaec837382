"""OWN-posterior-pressed-flat (made for nbdebug): the KL term weighs hundreds of times too much.

The code of a variational autoencoder says nothing and every picture comes back as the mean.
"""

from __future__ import annotations

import keras
from keras import layers, ops
from programs.program import Program
from sklearn.datasets import load_digits

CAUSES = ("regularization", "loss")


class Draw(layers.Layer):
    def __init__(self, beta, **kw):
        super().__init__(**kw)
        self.beta = beta
        self.seeds = keras.random.SeedGenerator(11)

    def call(self, inputs):
        mu, logvar = inputs
        self.add_loss(self.beta * -0.5 * ops.mean(1 + logvar - mu**2 - ops.exp(logvar)))
        return mu + ops.exp(0.5 * logvar) * keras.random.normal(ops.shape(mu), seed=self.seeds)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x = (load_digits().data / 16).astype("float32")
    inp = keras.Input((64,))
    h = layers.Dense(48, activation="relu")(inp)
    z = Draw(0.01 if mended else 5.0)([layers.Dense(8)(h), layers.Dense(8)(h)])
    out = layers.Dense(64, activation="sigmoid")(layers.Dense(48, activation="relu")(z))
    vae = keras.Model(inp, out)
    vae.compile(keras.optimizers.Adam(0.005), "mse")
    return Program(vae, x, x, {"epochs": 20, "batch_size": 32})
