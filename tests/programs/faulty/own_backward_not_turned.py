"""OWN-backward-not-turned (made for nbdebug): two directions made by hand; the backward one is not turned round."""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program

CAUSES = ("layers", "usage")


class TurnedRound(layers.Layer):
    def call(self, states):
        return ops.flip(states, axis=1)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(183)
    x = rng.normal(size=(700, 20, 2)).astype("float32")
    y = (np.cumsum(x[..., 0], 1) + np.cumsum(x[:, ::-1, 1], 1)[:, ::-1] > 0).astype("float32")[..., None]
    series = keras.Input((20, 2))
    past = layers.LSTM(16, return_sequences=True)(series)
    future = layers.LSTM(16, return_sequences=True, go_backwards=True)(series)
    both = layers.Concatenate()([past, TurnedRound()(future) if mended else future])
    model = keras.Model(series, layers.Dense(1, activation="sigmoid")(both))
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 10, "batch_size": 32})
