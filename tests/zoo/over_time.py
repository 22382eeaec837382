"""Models of sequences: recurrent, masked, attending."""

from __future__ import annotations

import keras
from keras import layers
from zoo.parts import C, T, binary, compiled, floats, stacked, tokens


def embedding():
    model = stacked(
        layers.Embedding(9, 3), layers.Conv1D(4, 3, activation="relu"), layers.GlobalMaxPooling1D(),
        layers.Dense(1, activation="sigmoid"), shape=(T,), dtype="int32",
    )  # fmt: skip
    return model, tokens(T), binary()


def tokens_as_floats():
    """Keras' default type of an input, and so what most tutorials feed tokens as."""
    model = stacked(
        layers.Embedding(9, 3), layers.Conv1D(4, 3, activation="relu"), layers.GlobalMaxPooling1D(),
        layers.Dense(1, activation="sigmoid"), shape=(T,),
    )  # fmt: skip
    return model, tokens(T), binary()


def mask_zero():
    model = stacked(
        layers.Embedding(9, 3, mask_zero=True), layers.LSTM(4, return_sequences=True), layers.LSTM(3),
        layers.Dense(1, activation="sigmoid"), shape=(T,), dtype="int32",
    )  # fmt: skip
    return model, tokens(T), binary()


def masking():
    x = floats(T, C)
    x[:, 9:] = 0
    x[0, 5:] = 0
    model = stacked(
        layers.Masking(), layers.GRU(4, return_sequences=True), layers.Dense(1, activation="sigmoid"), shape=(T, C)
    )
    return model, x, binary(T, 1)


def masked_attention():
    """A transformer's block as most write it: padded tokens, whose mask attention turns into one of pairs."""
    words = keras.Input((T,), dtype="int32")
    h = layers.Embedding(9, 4, mask_zero=True)(words)
    h = layers.LayerNormalization()(h + layers.MultiHeadAttention(2, 3, dropout=0.1)(h, h))
    h = layers.LayerNormalization()(h + layers.Dense(4)(layers.Dense(6, activation="gelu")(h)))
    risk = layers.Dense(1, activation="sigmoid", name="risk")(layers.GlobalAveragePooling1D()(h))
    return compiled(keras.Model(words, risk)), tokens(T), binary()


def time_distributed():
    model = stacked(
        layers.TimeDistributed(layers.Dense(4, activation="relu")),
        layers.TimeDistributed(layers.Dense(1, activation="sigmoid", name="each")), shape=(T, C),
    )  # fmt: skip
    return model, floats(T, C), binary(T, 1)


def video():
    model = stacked(
        layers.TimeDistributed(layers.Conv2D(2, 3, activation="relu")), layers.ConvLSTM2D(2, 2, return_sequences=True),
        layers.GlobalAveragePooling3D(), layers.Dense(1, activation="sigmoid"), shape=(4, 6, 6, 1),
    )  # fmt: skip
    return model, floats(4, 6, 6, 1), binary()


def _bidirectional(kind):
    model = stacked(
        layers.Bidirectional(kind(3, return_sequences=True)), layers.Bidirectional(kind(2)),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, floats(T, C), binary()


def bidirectional_lstm():
    return _bidirectional(layers.LSTM)


def bidirectional_gru():
    return _bidirectional(layers.GRU)


def stateful_rnn():
    given = keras.Input(batch_shape=(3, T, C), name="x")
    hidden = layers.LSTM(3, stateful=True, return_sequences=True, name="stateful")(given)
    model = compiled(keras.Model(given, layers.Dense(1, name="next")(hidden), name="stateful_rnn"), "mse")
    model(floats(T, C)[:3])
    return model, floats(T, C), floats(T, 1)


def attention():
    given = keras.Input((T, 4), name="x")
    hidden = layers.MultiHeadAttention(2, 3, name="attention")(given, given)
    hidden = layers.LayerNormalization(name="norm")(layers.Add(name="add")([given, hidden]))
    head = layers.Dense(1, activation="sigmoid", name="risk")(layers.GlobalAveragePooling1D(name="pool")(hidden))
    return compiled(keras.Model(given, head, name="attention_model")), floats(T, 4), binary()


def permuted():
    model = stacked(
        layers.Conv1D(4, 3, padding="same"), layers.Permute((2, 1), name="first"),
        layers.AveragePooling1D(2, data_format="channels_first"), layers.BatchNormalization(axis=1),
        layers.Permute((2, 1), name="last"), layers.LSTM(3, return_sequences=True),
        layers.Dense(1, activation="sigmoid"), shape=(T, C),
    )  # fmt: skip
    return model, floats(T, C), binary(T // 2, 1)
