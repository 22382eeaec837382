"""A small transformer that classifies texts. Traps checkers that read a graph as a mere stack."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import tokens
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = tokens(seed, 400, 24, 100, classes=4)
    words = keras.Input((24,), dtype="int32")
    places = layers.Embedding(24, 16)(keras.ops.arange(24))
    h = layers.Embedding(100, 16)(words) + places
    for _ in range(2):
        seen = layers.MultiHeadAttention(2, 8)(h, h)
        h = layers.LayerNormalization()(h + seen)
        fed = layers.Dense(16)(layers.Dense(32, activation="gelu")(h))
        h = layers.LayerNormalization()(h + fed)
    h = layers.Dropout(0.1)(layers.GlobalAveragePooling1D()(h))
    model = keras.Model(words, layers.Dense(4, activation="softmax")(h))
    model.compile(keras.optimizers.AdamW(0.002), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 16})
