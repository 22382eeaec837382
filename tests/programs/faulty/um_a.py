"""Raw pixels, a dropout of 0.8, and sparse categorical cross-entropy on logits.

UM-A (UMLAUT user study A): a convolutional network for CIFAR-10. Coloured digits of 16 by 16 instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import colour_digits
from programs.program import Program, stack

CAUSES = ("loss", "output_activation", "input_scaling", "dropout")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = colour_digits()
    model = stack(
        (16, 16, 3),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(32, 3, activation="relu"),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dropout(0.2 if mended else 0.8),
        layers.Dense(10),
    )
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=mended), metrics=["accuracy"])
    return Program(model, x / 255 if mended else x, y, {"epochs": 12, "batch_size": 32})
