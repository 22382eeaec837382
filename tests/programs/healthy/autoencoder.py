"""An autoencoder of values of 0 to 1 with binary cross-entropy.

Traps a checker that takes the same array as x and y for a slip, or labels between 0 and 1 for wrong ones.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x = digits()[0].reshape(-1, 64)
    model = stack(
        (64,),
        layers.Dense(32, activation="relu"),
        layers.Dense(12, activation="relu"),
        layers.Dense(32, activation="relu"),
        layers.Dense(64, activation="sigmoid"),
    )
    model.compile("adam", "binary_crossentropy")
    return Program(model, x, x, {"epochs": 30, "batch_size": 64})
