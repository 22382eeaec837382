"""OWN-attention-over-one (made for nbdebug): the scores have a last axis of length 1, and the softmax runs over it."""

import keras
import numpy as np
from keras import layers, ops
from programs.program import Program

CAUSES = ("layers", "hidden_activation", "shape")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(160)
    n, times = 800, 16
    x = rng.normal(size=(n, times, 5)).astype("float32")
    marked = rng.integers(0, times, n)
    x[:, :, 4] = 0
    x[np.arange(n), marked, 4] = 2
    y = (x[np.arange(n), marked, 0] > 0).astype("float32")
    given = keras.Input((times, 5))
    scores = layers.Dense(1)(layers.Dense(16, "tanh")(given))
    weights = ops.softmax(scores, axis=1 if mended else -1)
    pooled = ops.sum(weights * given, axis=1)
    model = keras.Model(given, layers.Dense(1, "sigmoid")(layers.Dense(16, "relu")(pooled)))
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
