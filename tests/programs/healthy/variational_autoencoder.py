"""A variational autoencoder whose KL term comes from add_loss in the sampling layer; y is x itself.

Traps a checker of what layers add to the loss.
"""

from __future__ import annotations

import keras
from keras import layers, ops
from programs.program import Program
from sklearn.datasets import load_digits


class Sample(layers.Layer):
    def __init__(self, weight, **kw):
        super().__init__(**kw)
        self.weight = weight
        self.noise = keras.random.SeedGenerator(7)

    def call(self, pair):
        mean, log_var = pair
        kl = -0.5 * ops.sum(1 + log_var - ops.square(mean) - ops.exp(log_var), axis=-1)
        self.add_loss(self.weight * ops.mean(kl))
        return mean + ops.exp(0.5 * log_var) * keras.random.normal(ops.shape(mean), seed=self.noise)


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x = (load_digits().data / 16.0).astype("float32")
    inp = keras.Input((64,))
    h = layers.Dense(64, activation="relu")(inp)
    z = Sample(1 / 64)([layers.Dense(6, name="mean")(h), layers.Dense(6, name="log_var")(h)])
    h = layers.Dense(64, activation="relu")(z)
    out = layers.Dense(64, activation="sigmoid")(h)
    vae = keras.Model(inp, out, name="vae")
    vae.compile(keras.optimizers.Adam(3e-3), loss="binary_crossentropy")
    return Program(vae, x, x, {"epochs": 20, "batch_size": 64})
