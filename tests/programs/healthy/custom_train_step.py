"""A train_step of one's own that adds noise to the inputs. Traps a checker that cannot do without Keras' own step."""

from __future__ import annotations

import keras
import tensorflow as tf
from keras import layers
from programs.data import iris
from programs.program import Program


class Noisy(keras.Model):
    """Sees every example with fresh noise while it trains."""

    def train_step(self, data):
        x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
        x = x + tf.random.normal(tf.shape(x), stddev=0.1)
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        self.optimizer.apply_gradients(
            zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables, strict=True)
        )
        for metric in self.metrics:
            metric.update_state(loss)
        return {metric.name: metric.result() for metric in self.metrics}


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = iris()
    flower = keras.Input((4,))
    model = Noisy(flower, layers.Dense(3, activation="softmax")(layers.Dense(16, activation="relu")(flower)))
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy")
    return Program(model, x, y, {"epochs": 60, "batch_size": 16})
