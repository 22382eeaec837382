"""Two pictures through the same layers; one unit says whether they show the same digit."""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import digits
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    rng = np.random.default_rng(seed)
    left = rng.integers(0, len(x), 800)
    partner = np.array(
        [rng.choice(np.flatnonzero((y == y[i]) == same)) for i, same in zip(left, rng.random(800) < 0.5, strict=True)]
    )
    base = stack((8, 8, 1), layers.Flatten(), layers.Dense(48, activation="relu"), layers.Dense(16), name="twin")
    a, b = keras.Input((8, 8, 1), name="a"), keras.Input((8, 8, 1), name="b")
    apart = keras.ops.absolute(base(a) - base(b))
    model = keras.Model([a, b], layers.Dense(1, activation="sigmoid")(apart))
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    same = (y[left] == y[partner]).astype("float32")
    return Program(model, [x[left], x[partner]], same, {"epochs": 30, "batch_size": 32})
