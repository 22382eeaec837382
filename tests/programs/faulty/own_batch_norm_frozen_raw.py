"""OWN-batch-norm-frozen-raw (made for nbdebug): the batch norm behind the input is frozen, from a fine-tuning recipe.

It never learns the scale of inputs in the thousands, and passes them on as they are.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("batch_norm", "usage", "input_scaling", "layers")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(144)
    x = rng.normal(3000, 900, (600, 6))
    z = (x - 3000) / 900
    y = (z[:, 0] - z[:, 1] + 0.5 * z[:, 2] * z[:, 3] > 0).astype(int)
    inp = keras.Input((6,))
    h = layers.BatchNormalization(momentum=0.9, trainable=mended)(inp)
    h = layers.Dense(32, activation="tanh")(h)
    h = layers.Dense(16, activation="tanh")(h)
    model = keras.Model(inp, layers.Dense(1, activation="sigmoid")(h))
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 32})
