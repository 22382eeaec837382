"""Layers without activations, a learning rate of -1000, and the training data as validation data.

UM-B (UMLAUT user study B): a convolutional network for CIFAR-10. Coloured digits of 16 by 16 instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import colour_digits
from programs.program import Program, stack

CAUSES = ("learning_rate", "hidden_activation", "split", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = colour_digits()
    x, rest = x[:1400] / 255, (x[1400:] / 255, y[1400:])
    y = y[:1400]
    inner = "relu" if mended else None
    model = stack(
        (16, 16, 3),
        layers.Conv2D(24, 3, activation=inner),
        layers.MaxPooling2D(),
        layers.Conv2D(24, 3, activation=inner),
        layers.Flatten(),
        layers.Dense(64, activation=inner),
        layers.Dense(10, activation="softmax"),
    )
    optimizer = keras.optimizers.Adam(0.001 if mended else -1000.0)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 12, "batch_size": 32}, validation=rest if mended else (x, y))
