"""Pictures cut into patches and attended to. Traps a checker of Dense before Flatten."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 400, (16, 16, 3), classes=5)
    image = keras.Input((16, 16, 3))
    h = layers.Reshape((16, 24))(layers.Conv2D(24, 4, strides=4)(image))
    h = h + layers.Embedding(16, 24)(keras.ops.arange(16))
    for _ in range(2):
        normed = layers.LayerNormalization()(h)
        h = h + layers.MultiHeadAttention(2, 12)(normed, normed)
        normed = layers.LayerNormalization()(h)
        h = h + layers.Dense(24)(layers.Dense(48, activation="gelu")(normed))
    h = layers.Flatten()(layers.LayerNormalization()(h))
    model = keras.Model(image, layers.Dense(5)(h))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.AdamW(0.001), loss, metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 32})
