"""ReLU on the last 1x1 convolution clips the logits before the softmax.

DM-47735201 (StackOverflow 47735201): network in network for CIFAR-10. Coloured digits of 16 by 16 instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import colour_digits, one_hot
from programs.program import Program, stack

CAUSES = ("output_activation",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = colour_digits()
    model = stack(
        (16, 16, 3),
        layers.Conv2D(16, 5, padding="same", activation="relu"),
        layers.Conv2D(16, 1, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, padding="same", activation="relu"),
        layers.Conv2D(10, 1, activation=None if mended else "relu"),
        layers.GlobalAveragePooling2D(),
        layers.Activation("softmax"),
    )
    model.compile(keras.optimizers.Adam(0.003), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x / 255, one_hot(y), {"epochs": 15, "batch_size": 32})
