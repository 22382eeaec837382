"""OWN-norm-of-one-column (made for nbdebug): LayerNormalization upon a single feature.

A number less its own mean is zero, and every row becomes the same.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "batch_norm", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(102)
    depth = rng.uniform(0, 400, (600, 1))
    pressure = np.sin(depth[:, 0] / 60) + depth[:, 0] / 200
    inp = keras.Input((1,), name="depth")
    if mended:
        norm = layers.Normalization()
        norm.adapt(depth)
    else:
        norm = layers.LayerNormalization()
    h = layers.Dense(48, activation="relu")(norm(inp))
    h = layers.Dense(48, activation="relu")(h)
    model = keras.Model(inp, layers.Dense(1, name="pressure")(h))
    model.compile(keras.optimizers.Adam(0.005), "mae")
    return Program(model, depth, pressure, {"epochs": 30, "batch_size": 32})
