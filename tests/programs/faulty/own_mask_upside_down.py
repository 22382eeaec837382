"""OWN-mask-upside-down (made for nbdebug): the attention mask is True for the padding."""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program

CAUSES = ("layers", "usage", "api")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(174)
    y = rng.integers(0, 3, 600)
    tokens = rng.integers(1, 60, (600, 14))
    tokens = np.where(rng.random(tokens.shape) < 0.4, 1 + 15 * y[:, None] + rng.integers(0, 15, tokens.shape), tokens)
    tokens[np.arange(14) >= rng.integers(5, 11, 600)[:, None]] = 0
    given = keras.Input((14,), dtype="int32")
    mask = ops.not_equal(given, 0) if mended else ops.equal(given, 0)
    h = layers.Embedding(60, 16)(given)
    h = layers.MultiHeadAttention(2, 8)(h, h, attention_mask=ops.repeat(mask[:, None], 14, axis=1))
    model = keras.Model(given, layers.Dense(3, "softmax")(layers.GlobalAveragePooling1D()(h)))
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, tokens.astype("int32"), y, {"epochs": 10, "batch_size": 32})
