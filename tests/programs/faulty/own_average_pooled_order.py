"""OWN-average-pooled-order (made for nbdebug): what counts is averaged away.

The order of the notes decides, but they are averaged before anything looks at them.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "shape")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(118)
    tune = np.sort(rng.integers(0, 24, (600, 6)), axis=1)
    rising = rng.integers(0, 2, 600)
    tune[rising == 0] = tune[rising == 0, ::-1]
    inp = keras.Input((6,), dtype="int32")
    h = layers.Embedding(24, 8)(inp)
    h = layers.Flatten()(h) if mended else layers.GlobalAveragePooling1D()(h)
    h = layers.Dense(24, activation="relu")(h)
    model = keras.Model(inp, layers.Dense(1, activation="sigmoid")(h))
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, tune, rising, {"epochs": 10, "batch_size": 32})
