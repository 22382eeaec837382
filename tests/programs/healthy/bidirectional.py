"""Layers of LSTM in both directions on texts. Traps a checker of tanh and sigmoid inside."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import tokens
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = tokens(seed, 300, 16, 80, classes=3)
    model = stack(
        (16,),
        layers.Embedding(80, 12),
        layers.Bidirectional(layers.LSTM(12, return_sequences=True)),
        layers.Bidirectional(layers.LSTM(8)),
        layers.Dense(3, activation="softmax"),
    )
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 16})
