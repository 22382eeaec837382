"""A variational autoencoder: a loss of its own in a layer beside the reconstruction. Traps a checker of losses."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program


class Sample(layers.Layer):
    """Draws a code and adds what it costs."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.seed = keras.random.SeedGenerator(0)

    def call(self, mean, spread):
        cost = keras.ops.exp(spread) + keras.ops.square(mean) - 1 - spread
        self.add_loss(0.005 * keras.ops.mean(keras.ops.sum(cost, axis=-1)))
        return mean + keras.ops.exp(spread / 2) * keras.random.normal(keras.ops.shape(mean), seed=self.seed)


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x = digits()[0].reshape(-1, 64)
    image = keras.Input((64,))
    h = layers.Dense(48, activation="relu")(image)
    code = Sample()(layers.Dense(6)(h), layers.Dense(6)(h))
    model = keras.Model(image, layers.Dense(64, activation="sigmoid")(layers.Dense(48, activation="relu")(code)))
    model.compile(keras.optimizers.Adam(0.002), "binary_crossentropy")
    return Program(model, x, x, {"epochs": 30, "batch_size": 64})
