"""A kernel that begins with nothing but ones.

DC-C3 (DeepCrime mutant): a convolutional network for CIFAR-10. Coloured digits of 16 by 16 instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import colour_digits, one_hot
from programs.program import Program, stack

CAUSES = ("initialization",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = colour_digits()
    model = stack(
        (16, 16, 3),
        layers.Conv2D(16, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(24, 3, activation="relu", kernel_initializer="glorot_uniform" if mended else "ones"),
        layers.Flatten(),
        layers.Dense(48, activation="relu"),
        layers.Dense(10, activation="softmax"),
    )
    model.compile(keras.optimizers.Adam(0.001), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x / 255, one_hot(y), {"epochs": 12, "batch_size": 32})
