"""One sigmoid unit inside that blends two branches. Traps a checker of narrow layers and of sigmoids inside."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 600, 6)
    row = keras.Input((6,))
    gate = layers.Dense(1, activation="sigmoid", name="gate")(row)
    bent = layers.Dense(24, activation="relu")(row)
    straight = layers.Dense(24)(row)
    model = keras.Model(row, layers.Dense(1)(gate * bent + (1 - gate) * straight))
    model.compile(keras.optimizers.Adam(0.003), "mse")
    return Program(model, x, y, {"epochs": 40, "batch_size": 32})
