"""Tiny models of every kind that people build, one builder a function, from fixed seeds.

Each builder returns (model, x, y): the model built (and compiled where its name says nothing else), x as a user would
hand it over (an array, a list or a dict), y as `fit` takes it.
"""

from __future__ import annotations

import functools

import keras
import numpy as np
import tensorflow as tf
from keras import layers

N, T, C = 5, 12, 2


def _floats(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(N, *shape)).astype("float32")


def _tokens(*shape: int, high: int = 9) -> np.ndarray:
    tokens = np.random.default_rng(1).integers(1, high, size=(N, *shape))
    tokens[:, shape[0] - 3 :] = 0
    return tokens.astype("int32")


def _binary(*shape: int) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 2, size=(N, *(shape or (1,)))).astype("float32")


def _compiled(model: keras.Model, loss: object = "binary_crossentropy") -> keras.Model:
    model.compile(optimizer="sgd", loss=loss)
    return model


def _sequential(*stack: object, shape: tuple[int, ...], dtype: str | None = None, loss: object = "binary_crossentropy"):
    return _compiled(keras.Sequential([keras.Input(shape, dtype=dtype), *stack]), loss)


def sequential():
    model = _sequential(
        layers.Conv1D(4, 3, activation="relu"), layers.MaxPooling1D(2), layers.Flatten(),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, _floats(T, C), _binary()


def tabular():
    model = _sequential(layers.Dense(5, activation="tanh"), layers.Dense(1), shape=(6,), loss="mse")
    return model, _floats(6), _floats(1)


def functional():
    given = keras.Input((T, C), name="heart")
    hidden = layers.Conv1D(4, 3, padding="same", activation="relu", name="conv_1")(given)
    hidden = layers.Add(name="add")([hidden, layers.Conv1D(4, 1, name="skip")(given)])
    pooled = layers.GlobalAveragePooling1D(name="pool")(hidden)
    head = layers.Dense(3, activation="softmax", name="kind")(pooled)
    model = _compiled(keras.Model(given, head, name="functional"), "sparse_categorical_crossentropy")
    return model, _floats(T, C), np.arange(N) % 3


class _Subclassed(keras.Model):
    def __init__(self) -> None:
        super().__init__(name="subclassed")
        self.first = layers.LSTM(4, return_sequences=True, name="first")
        self.blocks = [layers.Dense(3, activation="relu", name=f"block_{i}") for i in range(2)]
        self.unused = layers.Dense(2, name="unused")
        self.last = layers.Dense(1, activation="sigmoid", name="last")

    def call(self, x):
        x = self.first(x)
        for block in self.blocks:
            x = block(x)
        return self.last(tf.reduce_mean(x, axis=1))


def subclassed():
    model, x = _compiled(_Subclassed()), _floats(T, C)
    model(x[:2])
    return model, x, _binary()


def nested():
    part = keras.Sequential(
        [keras.Input((T, C)), layers.Conv1D(3, 3, name="conv"), layers.ReLU(name="relu")], name="encoder"
    )
    other = keras.Sequential(
        [keras.Input((T, C)), layers.Conv1D(3, 5, name="conv"), layers.ReLU(name="act")], name="other"
    )
    given = keras.Input((T, C), name="x")
    both = [layers.GlobalMaxPooling1D(name=f"pool_{m.name}")(m(given)) for m in (part, other)]
    head = layers.Dense(1, activation="sigmoid", name="risk")(layers.Concatenate(name="join")(both))
    return _compiled(keras.Model(given, head, name="nested")), _floats(T, C), _binary()


def shared_layers():
    a, b = keras.Input((T, C), name="a"), keras.Input((T, C), name="b")
    shared = layers.Conv1D(3, 3, activation="tanh", name="shared")
    pooled = [layers.GlobalAveragePooling1D(name=f"pool_{i}")(shared(t)) for i, t in enumerate((a, b))]
    head = layers.Dense(1, name="distance")(layers.Subtract(name="minus")(pooled))
    return (
        _compiled(keras.Model([a, b], head, name="shared_layers"), "mse"),
        [_floats(T, C), _floats(T, C)[::-1].copy()],
        _floats(1),
    )


def multi_input_list():
    sequence, about = keras.Input((T, C), name="sequence"), keras.Input((3,), name="about")
    state = layers.Dense(4, activation="tanh", name="state")(about)
    hidden = layers.LSTM(4, return_sequences=True, name="lstm")(sequence, initial_state=[state, state])
    head = layers.Dense(1, activation="sigmoid", name="raw_output")(hidden)
    mean = layers.GlobalAveragePooling1D(name="risk")(head)
    return _compiled(keras.Model([sequence, about], mean, name="multi_input")), [_floats(T, C), _floats(3)], _binary()


def multi_input_dict():
    inputs = {"wave": keras.Input((T, C), name="wave"), "age": keras.Input((1,), name="age")}
    joined = layers.Concatenate(name="join")([layers.Flatten(name="flat")(inputs["wave"]), inputs["age"]])
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid", name="risk")(joined), name="multi_dict")
    return _compiled(model), {"wave": _floats(T, C), "age": _floats(1)}, _binary()


def multi_output():
    given = keras.Input((T, C), name="x")
    hidden = layers.GRU(4, return_sequences=True, name="gru")(given)
    each = layers.Dense(1, activation="sigmoid", name="each_time")(hidden)
    whole = layers.Dense(2, name="whole")(layers.GlobalAveragePooling1D(name="pool")(hidden))
    model = keras.Model(given, {"each_time": each, "whole": whole}, name="multi_output")
    return _compiled(model, {"each_time": "binary_crossentropy", "whole": "mse"}), _floats(T, C), {
        "each_time": _binary(T, 1), "whole": _floats(2),
    }  # fmt: skip


def embedding():
    model = _sequential(
        layers.Embedding(9, 3), layers.Conv1D(4, 3, activation="relu"), layers.GlobalMaxPooling1D(),
        layers.Dense(1, activation="sigmoid"), shape=(T,), dtype="int32",
    )  # fmt: skip
    return model, _tokens(T), _binary()


def mask_zero():
    model = _sequential(
        layers.Embedding(9, 3, mask_zero=True), layers.LSTM(4, return_sequences=True), layers.LSTM(3),
        layers.Dense(1, activation="sigmoid"), shape=(T,), dtype="int32",
    )  # fmt: skip
    return model, _tokens(T), _binary()


def masking():
    x = _floats(T, C)
    x[:, 9:] = 0
    x[0, 5:] = 0
    model = _sequential(
        layers.Masking(), layers.GRU(4, return_sequences=True), layers.Dense(1, activation="sigmoid"), shape=(T, C)
    )
    return model, x, _binary(T, 1)


def time_distributed():
    model = _sequential(
        layers.TimeDistributed(layers.Dense(4, activation="relu")),
        layers.TimeDistributed(layers.Dense(1, activation="sigmoid", name="each")), shape=(T, C),
    )  # fmt: skip
    return model, _floats(T, C), _binary(T, 1)


def video():
    model = _sequential(
        layers.TimeDistributed(layers.Conv2D(2, 3, activation="relu")), layers.ConvLSTM2D(2, 2, return_sequences=True),
        layers.GlobalAveragePooling3D(), layers.Dense(1, activation="sigmoid"), shape=(4, 6, 6, 1),
    )  # fmt: skip
    return model, _floats(4, 6, 6, 1), _binary()


def _bidirectional(kind):
    model = _sequential(
        layers.Bidirectional(kind(3, return_sequences=True)), layers.Bidirectional(kind(2)),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, _floats(T, C), _binary()


def bidirectional_lstm():
    return _bidirectional(layers.LSTM)


def bidirectional_gru():
    return _bidirectional(layers.GRU)


def stateful_rnn():
    given = keras.Input(batch_shape=(3, T, C), name="x")
    hidden = layers.LSTM(3, stateful=True, return_sequences=True, name="stateful")(given)
    model = _compiled(keras.Model(given, layers.Dense(1, name="next")(hidden), name="stateful_rnn"), "mse")
    model(_floats(T, C)[:3])
    return model, _floats(T, C), _floats(T, 1)


def conv2d():
    model = _sequential(
        layers.Conv2D(3, 3, activation="relu"), layers.MaxPooling2D(), layers.Flatten(),
        layers.Dense(4, activation="softmax"), shape=(8, 8, 1), loss="sparse_categorical_crossentropy",
    )  # fmt: skip
    return model, _floats(8, 8, 1), np.arange(N) % 4


def conv3d():
    model = _sequential(
        layers.Conv3D(2, 2, activation="relu"),
        layers.GlobalAveragePooling3D(),
        layers.Dense(1),
        shape=(5, 5, 5, 1),
        loss="mse",
    )
    return model, _floats(5, 5, 5, 1), _floats(1)


def attention():
    given = keras.Input((T, 4), name="x")
    hidden = layers.MultiHeadAttention(2, 3, name="attention")(given, given)
    hidden = layers.LayerNormalization(name="norm")(layers.Add(name="add")([given, hidden]))
    head = layers.Dense(1, activation="sigmoid", name="risk")(layers.GlobalAveragePooling1D(name="pool")(hidden))
    return _compiled(keras.Model(given, head, name="attention_model")), _floats(T, 4), _binary()


def batch_norm_dropout():
    model = _sequential(
        layers.Conv1D(4, 3), layers.BatchNormalization(), layers.ReLU(6.0), layers.Dropout(0.5),
        layers.SpatialDropout1D(0.2),
        layers.GlobalAveragePooling1D(), layers.Dense(1), layers.Activation("sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, _floats(T, C), _binary()


def lambda_layer():
    model = _sequential(
        layers.Lambda(lambda t: t[:, ::2] * 2.0, name="every_second"), layers.Conv1D(3, 3), layers.Flatten(),
        layers.Dense(1), shape=(T, C), loss="mse",
    )  # fmt: skip
    return model, _floats(T, C), _floats(1)


class _Halves(layers.Layer):
    """Looks at every second time and mixes it with its neighbour, in a way that only its own code knows."""

    def call(self, x):
        return tf.tanh(x[:, ::2]) * x[:, 1::2]


def custom_stride():
    model = _sequential(
        layers.Conv1D(4, 3, padding="same", activation="tanh"), _Halves(name="halves"),
        layers.Lambda(lambda t: t[:, ::2], name="quarters"), layers.LSTM(3, return_sequences=True),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, _floats(T, C), _binary(T // 4, 1)


def channels_first():
    first = {"data_format": "channels_first"}
    model = _sequential(
        layers.SeparableConv1D(4, 3, padding="same", activation="relu", **first), layers.BatchNormalization(axis=1),
        layers.ReLU(), layers.MaxPooling1D(2, **first), layers.GlobalAveragePooling1D(**first),
        layers.Dense(1, activation="sigmoid"), shape=(C, T),
    )  # fmt: skip
    return model, _floats(C, T), _binary()


def channels_first_image():
    first = {"data_format": "channels_first"}
    model = _sequential(
        layers.DepthwiseConv2D(3, **first), layers.BatchNormalization(axis=1), layers.MaxPooling2D(**first),
        layers.Flatten(**first), layers.Dense(2, activation="softmax"), shape=(3, 8, 6),
        loss="sparse_categorical_crossentropy",
    )  # fmt: skip
    return model, _floats(3, 8, 6), np.arange(N) % 2


def permuted():
    model = _sequential(
        layers.Conv1D(4, 3, padding="same"), layers.Permute((2, 1), name="first"),
        layers.AveragePooling1D(2, data_format="channels_first"), layers.BatchNormalization(axis=1),
        layers.Permute((2, 1), name="last"), layers.LSTM(3, return_sequences=True),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, _floats(T, C), _binary(T // 2, 1)


def frozen_layers():
    model = _sequential(layers.Dense(4, activation="relu"), layers.Dense(1), shape=(5,), loss="mse")
    model.layers[0].trainable = False
    return _compiled(model, "mse"), _floats(5), _floats(1)


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
    model = _sequential(_Scale(name="scale"), layers.Dense(1, activation="sigmoid"), shape=(T, C))
    return model, _floats(T, C), _binary(T, 1)


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
    return model, _floats(5), _floats(1)


def mixed_float16():
    policy = keras.DTypePolicy("mixed_float16")
    given = keras.Input((T, C), name="x")
    hidden = layers.Conv1D(4, 3, activation="relu", dtype=policy, name="conv")(given)
    hidden = layers.LSTM(3, dtype=policy, name="lstm")(hidden)
    head = layers.Dense(1, activation="sigmoid", dtype="float32", name="risk")(hidden)
    return _compiled(keras.Model(given, head, name="mixed")), _floats(T, C), _binary()


def normalization():
    x = _floats(T, C) * 5 + 100
    scale = layers.Normalization(name="scale")
    scale.adapt(x)
    given = keras.Input((T, C), name="x")
    head = layers.Dense(1, activation="sigmoid", name="risk")(layers.GlobalAveragePooling1D(name="pool")(scale(given)))
    return _compiled(keras.Model(given, head, name="normalized")), x, _binary()


def float64():
    given = keras.Input((T, C), name="x", dtype="float64")
    hidden = layers.Conv1D(4, 3, padding="same", activation="tanh", dtype="float64", name="conv")(given)
    hidden = layers.Bidirectional(layers.LSTM(3, return_sequences=True, dtype="float64"), dtype="float64", name="lstm")(
        hidden
    )
    head = layers.Dense(1, activation="sigmoid", dtype="float64", name="risk")(hidden)
    return _compiled(keras.Model(given, head, name="float64")), _floats(T, C).astype("float64"), _binary(T, 1)


def eager_only():
    given = keras.Input((T, C), name="x")
    head = layers.Dense(1, activation="sigmoid", name="risk")(layers.LSTM(3, name="lstm")(given))
    model = keras.Model(given, head, name="eager_only")
    model.compile(optimizer="sgd", loss="binary_crossentropy", run_eagerly=True)
    return model, _floats(T, C), _binary()


def autoencoder():
    model = _sequential(
        layers.LSTM(3),
        layers.RepeatVector(T),
        layers.LSTM(3, return_sequences=True),
        layers.Dense(C),
        shape=(T, C),
        loss="mse",
    )
    return model, _floats(T, C), _floats(T, C)


def five_million():
    model = _sequential(
        layers.Dense(2200, activation="relu"),
        layers.Dense(2200, activation="relu"),
        layers.Dense(1),
        shape=(20,),
        loss="mse",
    )
    return model, _floats(20), _floats(1)


def _from_fixed_seed(builder):
    @functools.wraps(builder)
    def build():
        # Layers draw their seeds when they are made, so the seed comes before the first of them.
        keras.utils.set_random_seed(0)
        return builder()

    return build


ZOO = {
    builder.__name__: _from_fixed_seed(builder)
    for builder in (
        sequential, tabular, functional, subclassed, nested, shared_layers, multi_input_list, multi_input_dict,
        multi_output, embedding, mask_zero, masking, time_distributed, video, bidirectional_lstm, bidirectional_gru,
        stateful_rnn, conv2d, conv3d, attention, batch_norm_dropout, lambda_layer, custom_stride,
        channels_first, channels_first_image, permuted, frozen_layers, custom_layer,
        custom_train_step, mixed_float16, normalization, float64, eager_only, autoencoder, five_million,
    )
}  # fmt: skip
