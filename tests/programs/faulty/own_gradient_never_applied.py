"""OWN-gradient-never-applied (made for nbdebug): a custom train step works out the gradient and never gives it
to the optimizer.
"""

from __future__ import annotations

import keras
import tensorflow as tf
from programs.program import Program
from sklearn.datasets import load_breast_cancer

CAUSES = ("usage", "api", "optimizer")


class Careful(keras.Model):
    """Clips the gradient by hand."""

    applies = True

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        grads = tape.gradient(loss, self.trainable_variables)
        clipped, _ = tf.clip_by_global_norm(grads, 1.0)
        if self.applies:
            self.optimizer.apply_gradients(zip(clipped, self.trainable_variables, strict=True))
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
            else:
                metric.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


class Careless(Careful):
    applies = False


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_breast_cancer(return_X_y=True)
    x = ((x - x.mean(0)) / x.std(0)).astype("float32")
    inp = keras.Input((30,))
    out = keras.layers.Dense(1, activation="sigmoid")(keras.layers.Dense(16, activation="relu")(inp))
    model = (Careful if mended else Careless)(inp, out)
    model.compile(optimizer=keras.optimizers.Adam(0.005), loss="binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y[:, None].astype("float32"), {"epochs": 12, "batch_size": 32})
