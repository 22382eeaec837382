"""OWN-clipped-at-nothing (made for nbdebug): a custom train step cuts gradients to between 0 and 1 instead of -1 and 1,
in a class with arguments and no get_config; weights can only fall.

Accepted: optimizer.
"""

import keras
import numpy as np
import tensorflow as tf
from programs.program import Program

CAUSES = ("optimizer",)


class Gate(keras.Model):
    def __init__(self, width, lowest):
        super().__init__()
        self.body = keras.Sequential([keras.layers.Dense(width, "relu"), keras.layers.Dense(width, "relu")])
        self.end = keras.layers.Dense(3, "softmax")
        self.lowest = lowest
        self.seen = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.seen]

    def call(self, x, training=False):
        return self.end(self.body(x, training=training))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply([tf.clip_by_value(g, self.lowest, 1.0) for g in gradients], self.trainable_variables)
        self.seen.update_state(loss)
        return {"loss": self.seen.result()}


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    x = random.normal(size=(1200, 12)).astype("float32")
    y = np.digitize(x[:, 0] * x[:, 1] + x[:, 2], [-0.6, 0.6])
    model = Gate(48, -1.0 if mended else 0.0)
    model(x[:1])
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy")
    return Program(model, x[:1000], y[:1000], {"epochs": 30, "batch_size": 32}, validation=(x[1000:], y[1000:]))
