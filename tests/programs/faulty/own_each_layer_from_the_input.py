"""OWN-each-layer-from-the-input (made for nbdebug): every layer is called on the inputs, not on the layer before it.

Only the last is in the model, and that alone is linear.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(12)
    points = rng.uniform(-1, 1, (1000, 2))
    colour = (np.floor(points[:, 0] * 2) + np.floor(points[:, 1] * 2)).astype(int) % 2
    inputs = keras.Input(shape=(2,))
    x = layers.Dense(64, activation="relu")(inputs)
    x = layers.Dense(64, activation="relu")(x if mended else inputs)
    outputs = layers.Dense(2, activation="softmax")(x if mended else inputs)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, points, colour, {"epochs": 40, "batch_size": 32})
