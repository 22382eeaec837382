"""Models that compute in another number type, or do something else when training or with what they adapted to."""

from __future__ import annotations

import keras
from keras import layers
from zoo.parts import C, T, binary, compiled, floats, stacked


def batch_norm_dropout():
    model = stacked(
        layers.Conv1D(4, 3), layers.BatchNormalization(), layers.ReLU(6.0), layers.Dropout(0.5),
        layers.SpatialDropout1D(0.2),
        layers.GlobalAveragePooling1D(), layers.Dense(1), layers.Activation("sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, floats(T, C), binary()


def mixed_float16():
    policy = keras.DTypePolicy("mixed_float16")
    given = keras.Input((T, C), name="x")
    hidden = layers.Conv1D(4, 3, activation="relu", dtype=policy, name="conv")(given)
    hidden = layers.LSTM(3, dtype=policy, name="lstm")(hidden)
    head = layers.Dense(1, activation="sigmoid", dtype="float32", name="risk")(hidden)
    return compiled(keras.Model(given, head, name="mixed")), floats(T, C), binary()


def normalization():
    x = floats(T, C) * 5 + 100
    scale = layers.Normalization(name="scale")
    scale.adapt(x)
    given = keras.Input((T, C), name="x")
    head = layers.Dense(1, activation="sigmoid", name="risk")(layers.GlobalAveragePooling1D(name="pool")(scale(given)))
    return compiled(keras.Model(given, head, name="normalized")), x, binary()


def float64():
    given = keras.Input((T, C), name="x", dtype="float64")
    hidden = layers.Conv1D(4, 3, padding="same", activation="tanh", dtype="float64", name="conv")(given)
    hidden = layers.Bidirectional(layers.LSTM(3, return_sequences=True, dtype="float64"), dtype="float64", name="lstm")(
        hidden
    )
    head = layers.Dense(1, activation="sigmoid", dtype="float64", name="risk")(hidden)
    return compiled(keras.Model(given, head, name="float64")), floats(T, C).astype("float64"), binary(T, 1)
