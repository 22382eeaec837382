"""OWN-factors-of-nothing (made for nbdebug): a bilinear layer of one's own whose two factors both begin as zeros."""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program

CAUSES = ("initialization", "layers")


class Interaction(layers.Layer):
    def __init__(self, rank, begins, **kwargs):
        super().__init__(**kwargs)
        self.rank, self.begins = rank, begins

    def build(self, shape):
        self.left = self.add_weight(shape=(shape[-1], self.rank), initializer=self.begins, name="left")
        self.right = self.add_weight(shape=(shape[-1], self.rank), initializer=self.begins, name="right")

    def call(self, x):
        return ops.sum(ops.matmul(x, self.left) * ops.matmul(x, self.right), axis=-1, keepdims=True)

    def get_config(self):
        return {**super().get_config(), "rank": self.rank, "begins": self.begins}


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(186)
    x = rng.normal(size=(1200, 8)).astype("float32")
    y = x[:, :1] * x[:, 3:4] - 0.7 * x[:, 5:6] * x[:, 6:7] + x[:, 2:3] + 0.1 * rng.normal(size=(1200, 1))
    row = keras.Input((8,))
    linear = layers.Dense(1)(row)
    model = keras.Model(row, linear + Interaction(4, "glorot_uniform" if mended else "zeros")(row))
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return Program(model, x, y.astype("float32"), {"epochs": 12, "batch_size": 32})
