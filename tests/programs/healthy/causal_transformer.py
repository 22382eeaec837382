"""A small transformer that says the next word, as logits. Traps a checker of labels that resemble the inputs."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    text = (rng.integers(0, 12, size=(300, 1)) + rng.integers(1, 4, size=(300, 1)) * np.arange(17)) % 12
    words = keras.Input((16,), dtype="int32")
    h = layers.Embedding(12, 24)(words)
    h = layers.LayerNormalization()(h + layers.MultiHeadAttention(2, 12)(h, h, use_causal_mask=True))
    h = layers.LayerNormalization()(h + layers.Dense(24)(layers.Dense(48, activation="relu")(h)))
    model = keras.Model(words, layers.Dense(12)(h))
    model.compile(keras.optimizers.Adam(0.003), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
    return Program(model, text[:, :-1], text[:, 1:], {"epochs": 20, "batch_size": 16})
