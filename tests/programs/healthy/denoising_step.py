"""A denoising autoencoder with a training step of its own: no labels, noise made within the step.

Traps a checker that copies the training step and looks for what it does with labels.
"""

from __future__ import annotations

import keras
import tensorflow as tf
from keras import layers
from programs.program import Program
from sklearn.datasets import load_digits


class Denoiser(keras.Model):
    def __init__(self, **kw):
        super().__init__(**kw)
        self.down = layers.Dense(32, activation="relu")
        self.up = layers.Dense(64)
        self.tracker = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self.tracker]

    def call(self, x):
        return self.up(self.down(x))

    def train_step(self, data):
        x = data[0] if isinstance(data, tuple) else data
        with tf.GradientTape() as tape:
            back = self(x + tf.random.normal(tf.shape(x), stddev=0.2), training=True)
            loss = tf.reduce_mean(tf.square(back - x))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        self.tracker.update_state(loss)
        return {"loss": self.tracker.result()}


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x = (load_digits().data / 16).astype("float32")
    model = Denoiser()
    model(x[:2])
    model.compile(optimizer=keras.optimizers.Adam(0.003))
    return Program(model, x, None, {"epochs": 15, "batch_size": 32})
