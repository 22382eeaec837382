"""Pictures that are not square, strided separable convolutions, a rate that falls. Traps a checker of layouts."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import one_hot, pictures
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 400, (12, 20, 3), classes=6)
    model = stack(
        (12, 20, 3),
        layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
        layers.SeparableConv2D(24, 3, padding="same", activation="relu"),
        layers.SpatialDropout2D(0.1),
        layers.Flatten(),
        layers.Dense(6, activation="softmax"),
    )
    falling = keras.optimizers.schedules.CosineDecay(0.005, 400)
    model.compile(keras.optimizers.Adam(falling), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 30, "batch_size": 32})
