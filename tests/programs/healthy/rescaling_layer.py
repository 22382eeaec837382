"""Raw pixels of whole numbers, of 0 to 255, behind a Rescaling layer. Traps a checker of unscaled or integer inputs."""

from __future__ import annotations

import keras
from keras import layers
from programs.data import colour_digits
from programs.program import Program, stack


def make(seed: int) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = colour_digits()
    model = stack(
        (16, 16, 3),
        layers.Rescaling(1 / 255),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, activation="relu"),
        layers.GlobalAveragePooling2D(),
        layers.Dense(10, activation="softmax"),
    )
    model.compile(keras.optimizers.Adam(0.003), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x.astype("uint8"), y, {"epochs": 20, "batch_size": 32})
