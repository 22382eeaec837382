"""OWN-no-positions (made for nbdebug): which of two moves came first decides the game; a small transformer
reads the moves and was given no positions, so that it knows that both were made and no more.

Accepted: layers.
"""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program

CAUSES = ("layers",)
LENGTH, MOVES = 24, 40


class Placed(layers.Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.places = layers.Embedding(LENGTH, width)

    def build(self, _shape):
        self.places.build((LENGTH,))

    def call(self, moves):
        return moves + self.places(ops.arange(LENGTH))


def games(random, n):
    moves = random.integers(3, MOVES, (n, LENGTH))
    at = np.sort(np.array([random.choice(LENGTH, 2, replace=False) for _ in range(n)]), axis=1)
    first = random.integers(0, 2, n)
    moves[np.arange(n), at[:, 0]], moves[np.arange(n), at[:, 1]] = 1 + first, 2 - first
    return moves.astype("int32"), first


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
    x, y = games(random, 2400)
    entry = keras.Input((LENGTH,), dtype="int32")
    h = layers.Embedding(MOVES, 24)(entry)
    h = Placed(24)(h) if mended else h
    h = layers.LayerNormalization()(h + layers.MultiHeadAttention(2, 12)(h, h))
    h = layers.LayerNormalization()(h + layers.Dense(24)(layers.Dense(48, "gelu")(h)))
    model = keras.Model(entry, layers.Dense(2, "softmax")(layers.GlobalAveragePooling1D()(h)))
    model.compile(keras.optimizers.Adam(2e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[:2000], y[:2000], {"epochs": 20, "batch_size": 32}, validation=(x[2000:], y[2000:]))
