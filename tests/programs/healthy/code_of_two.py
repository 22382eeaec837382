"""A convolutional autoencoder with a code of two numbers, to be plotted. Traps a checker of narrow layers."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x = digits()[0]
    model = stack(
        (8, 8, 1),
        layers.Conv2D(8, 3, strides=2, padding="same", activation="relu"),
        layers.Flatten(),
        layers.Dense(32, activation="relu"),
        layers.Dense(2, name="code"),
        layers.Dense(32, activation="relu"),
        layers.Dense(4 * 4 * 8, activation="relu"),
        layers.Reshape((4, 4, 8)),
        layers.Conv2DTranspose(1, 3, strides=2, padding="same", activation="sigmoid"),
    )
    model.compile("adam", "mse")
    return Program(model, x, x, {"epochs": 40, "batch_size": 32})
