"""OWN-rounding-in-the-middle (made for nbdebug): a layer rounds the hidden numbers to whole ones.

No gradient comes through, and all before it stays as it was drawn.
"""

from __future__ import annotations

import keras
from keras import layers, ops
from programs.program import Program
from sklearn.datasets import load_diabetes

CAUSES = ("layers", "usage")


class Quantise(layers.Layer):
    """Rounds; with a straight-through gradient if asked."""

    def __init__(self, straight_through, **kw):
        super().__init__(**kw)
        self.straight_through = straight_through

    def call(self, x):
        whole = ops.round(x)
        return x + ops.stop_gradient(whole - x) if self.straight_through else whole


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_diabetes(return_X_y=True)
    x, y = x / x.std(0), (y - y.mean()) / y.std()
    inp = keras.Input((10,))
    h = layers.Dense(4, activation="relu", kernel_initializer=keras.initializers.RandomNormal(stddev=0.15))(inp)
    h = Quantise(mended)(h)
    h = layers.Dense(16, activation="relu")(h)
    model = keras.Model(inp, layers.Dense(1)(h))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
