"""OWN-broadcast-in-train-step (made for nbdebug): predictions are a column, labels a flat row.

A custom train step subtracts one from the other and compares every prediction with every label.
"""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf
from programs.program import Program
from sklearn.datasets import load_diabetes

CAUSES = ("shape", "loss")


class Progression(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.a = keras.layers.Dense(32, activation="relu")
        self.b = keras.layers.Dense(1)

    def call(self, inputs):
        return self.b(self.a(inputs))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            guess = self(x, training=True)
            loss = tf.reduce_mean(tf.square(y - guess))
        self.optimizer.apply_gradients(
            zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables, strict=True)
        )
        return {"loss": loss}


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_diabetes(return_X_y=True)
    x = (x / x.std(0)).astype(np.float32)
    y = ((y - y.mean()) / y.std()).astype(np.float32)
    model = Progression()
    model.build((None, 10))
    model.compile(optimizer=keras.optimizers.Adam(0.003))
    return Program(model, x, y[:, None] if mended else y, {"epochs": 30, "batch_size": 32})
