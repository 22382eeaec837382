"""Models by how their layers are put together."""

from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf
from keras import layers
from zoo.parts import C, N, T, binary, compiled, floats, stacked


def sequential():
    model = stacked(
        layers.Conv1D(4, 3, activation="relu"), layers.MaxPooling1D(2), layers.Flatten(),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, floats(T, C), binary()


def tabular():
    model = stacked(layers.Dense(5, activation="tanh"), layers.Dense(1), shape=(6,), loss="mse")
    return model, floats(6), floats(1)


def functional():
    given = keras.Input((T, C), name="heart")
    hidden = layers.Conv1D(4, 3, padding="same", activation="relu", name="conv_1")(given)
    hidden = layers.Add(name="add")([hidden, layers.Conv1D(4, 1, name="skip")(given)])
    pooled = layers.GlobalAveragePooling1D(name="pool")(hidden)
    head = layers.Dense(3, activation="softmax", name="kind")(pooled)
    model = compiled(keras.Model(given, head, name="functional"), "sparse_categorical_crossentropy")
    return model, floats(T, C), np.arange(N) % 3


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
    model, x = compiled(_Subclassed()), floats(T, C)
    model(x[:2])
    return model, x, binary()


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
    return compiled(keras.Model(given, head, name="nested")), floats(T, C), binary()


def shared_layers():
    a, b = keras.Input((T, C), name="a"), keras.Input((T, C), name="b")
    shared = layers.Conv1D(3, 3, activation="tanh", name="shared")
    pooled = [layers.GlobalAveragePooling1D(name=f"pool_{i}")(shared(t)) for i, t in enumerate((a, b))]
    head = layers.Dense(1, name="distance")(layers.Subtract(name="minus")(pooled))
    return (
        compiled(keras.Model([a, b], head, name="shared_layers"), "mse"),
        [floats(T, C), floats(T, C)[::-1].copy()],
        floats(1),
    )


def multi_input_list():
    sequence, about = keras.Input((T, C), name="sequence"), keras.Input((3,), name="about")
    state = layers.Dense(4, activation="tanh", name="state")(about)
    hidden = layers.LSTM(4, return_sequences=True, name="lstm")(sequence, initial_state=[state, state])
    head = layers.Dense(1, activation="sigmoid", name="raw_output")(hidden)
    mean = layers.GlobalAveragePooling1D(name="risk")(head)
    return compiled(keras.Model([sequence, about], mean, name="multi_input")), [floats(T, C), floats(3)], binary()


def multi_input_dict():
    inputs = {"wave": keras.Input((T, C), name="wave"), "age": keras.Input((1,), name="age")}
    joined = layers.Concatenate(name="join")([layers.Flatten(name="flat")(inputs["wave"]), inputs["age"]])
    model = keras.Model(inputs, layers.Dense(1, activation="sigmoid", name="risk")(joined), name="multi_dict")
    return compiled(model), {"wave": floats(T, C), "age": floats(1)}, binary()


def multi_output():
    given = keras.Input((T, C), name="x")
    hidden = layers.GRU(4, return_sequences=True, name="gru")(given)
    each = layers.Dense(1, activation="sigmoid", name="each_time")(hidden)
    whole = layers.Dense(2, name="whole")(layers.GlobalAveragePooling1D(name="pool")(hidden))
    model = keras.Model(given, {"each_time": each, "whole": whole}, name="multi_output")
    return compiled(model, {"each_time": "binary_crossentropy", "whole": "mse"}), floats(T, C), {
        "each_time": binary(T, 1), "whole": floats(2),
    }  # fmt: skip


def frozen_layers():
    model = stacked(layers.Dense(4, activation="relu"), layers.Dense(1), shape=(5,), loss="mse")
    model.layers[0].trainable = False
    return compiled(model, "mse"), floats(5), floats(1)


def autoencoder():
    model = stacked(
        layers.LSTM(3),
        layers.RepeatVector(T),
        layers.LSTM(3, return_sequences=True),
        layers.Dense(C),
        shape=(T, C),
        loss="mse",
    )
    return model, floats(T, C), floats(T, C)


def five_million():
    model = stacked(
        layers.Dense(2200, activation="relu"),
        layers.Dense(2200, activation="relu"),
        layers.Dense(1),
        shape=(20,),
        loss="mse",
    )
    return model, floats(20), floats(1)
