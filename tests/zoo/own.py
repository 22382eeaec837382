"""Models with code of the user's own in them."""

from __future__ import annotations

import keras
import tensorflow as tf
from keras import layers
from zoo.parts import C, T, binary, floats, stacked


def lambda_layer():
    model = stacked(
        layers.Lambda(lambda t: t[:, ::2] * 2.0, name="every_second"), layers.Conv1D(3, 3), layers.Flatten(),
        layers.Dense(1), shape=(T, C), loss="mse",
    )  # fmt: skip
    return model, floats(T, C), floats(1)


class _Halves(layers.Layer):
    """Looks at every second time and mixes it with its neighbour, in a way that only its own code knows."""

    def call(self, x):
        return tf.tanh(x[:, ::2]) * x[:, 1::2]


def custom_stride():
    model = stacked(
        layers.Conv1D(4, 3, padding="same", activation="tanh"), _Halves(name="halves"),
        layers.Lambda(lambda t: t[:, ::2], name="quarters"), layers.LSTM(3, return_sequences=True),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, floats(T, C), binary(T // 4, 1)


class _Scale(layers.Layer):
    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.inner = layers.Dense(3, name="inner")
        self.calls = tf.Variable(0, trainable=False, dtype=tf.int32)

    def build(self, shape) -> None:
        self.inner.build(shape)
        self.gain = self.add_weight(shape=(3,), initializer="ones", name="gain")

    def call(self, x):
        self.calls.assign_add(1)
        return self.inner(x) * self.gain


def custom_layer():
    model = stacked(_Scale(name="scale"), layers.Dense(1, activation="sigmoid"), shape=(T, C))
    return model, floats(T, C), binary(T, 1)


class _CustomStep(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self(x, training=True) - y))
        self.optimizer.apply_gradients(
            zip(tape.gradient(loss, self.trainable_weights), self.trainable_weights, strict=True)
        )
        return {"loss": loss}


def custom_train_step():
    given = keras.Input((5,), name="x")
    model = _CustomStep(
        given, layers.Dense(1, name="out")(layers.Dense(3, activation="relu", name="hidden")(given)), name="custom_step"
    )
    model.compile(optimizer="sgd")
    return model, floats(5), floats(1)


class _WithArguments(keras.Model):
    """As most write a class with a step: arguments, no `get_config`, a metric of its own that hides Keras' loss."""

    def __init__(self, width: int) -> None:
        super().__init__(name="with_arguments")
        self.body = [layers.Dense(width, activation="tanh", name="body"), layers.Dropout(0.1, name="noise")]
        self.out = layers.Dense(1, name="out")
        self._seen = keras.metrics.Mean(name="loss")

    @property
    def metrics(self):
        return [self._seen]

    def call(self, x, training=False):
        for layer in self.body:
            x = layer(x, training=training) if isinstance(layer, layers.Dropout) else layer(x)
        return self.out(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        self._seen.update_state(loss)
        return {"loss": self._seen.result()}


def with_arguments():
    model, x = _WithArguments(4), floats(5)
    model(x[:2])
    model.compile("sgd", lambda y, p: keras.ops.mean(keras.ops.abs(y - p), axis=-1))
    return model, x, floats(1)


def eager_only():
    given = keras.Input((T, C), name="x")
    head = layers.Dense(1, activation="sigmoid", name="risk")(layers.LSTM(3, name="lstm")(given))
    model = keras.Model(given, head, name="eager_only")
    model.compile(optimizer="sgd", loss="binary_crossentropy", run_eagerly=True)
    return model, floats(T, C), binary()
