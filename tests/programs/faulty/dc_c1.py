"""A hard sigmoid in one of the convolutions.

DC-C1 (DeepCrime mutant): a convolutional network for CIFAR-10. Coloured digits of 16 by 16 instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import colour_digits, one_hot
from programs.program import Program, stack

CAUSES = ("hidden_activation",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = colour_digits()
    model = stack(
        (16, 16, 3),
        layers.Conv2D(16, 3, padding="same", activation="relu"),
        layers.Conv2D(16, 3, activation="relu" if mended else "hard_sigmoid"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    )
    model.compile(keras.optimizers.RMSprop(0.001), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x / 255, one_hot(y), {"epochs": 10, "batch_size": 32})
