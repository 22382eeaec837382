"""OWN-clipped-to-nothing (made for nbdebug): a custom train step cuts each gradient to a hundred-thousandth before
plain steps along it; the loss stays where it began.

Accepted: optimizer, learning_rate.
"""

import keras
import numpy as np
import tensorflow as tf
from programs.program import Program
from sklearn.datasets import load_digits

CAUSES = ("optimizer", "learning_rate")


class Cut(keras.Model):
    limit = 1.0

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            given = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=given)
        gradients = tape.gradient(loss, self.trainable_variables)
        cut = [tf.clip_by_value(gradient, -self.limit, self.limit) for gradient in gradients]
        self.optimizer.apply(cut, self.trainable_variables)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, given)
        return {metric.name: metric.result() for metric in self.metrics}


class CutToNothing(Cut):
    limit = 1e-5


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_digits(return_X_y=True)
    order = np.random.default_rng(seed).permutation(len(x))
    x, y = (x[order] / 16).astype("float32"), y[order]
    entry = keras.Input((64,))
    hidden = keras.layers.Dense(48, activation="relu")(entry)
    model = (Cut if mended else CutToNothing)(entry, keras.layers.Dense(10, activation="softmax")(hidden))
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[:1400], y[:1400], {"epochs": 15, "batch_size": 32}, validation=(x[1400:], y[1400:]))
