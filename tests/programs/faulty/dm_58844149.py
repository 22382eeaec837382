"""Two classes by a softmax on one unit.

DM-58844149 (StackOverflow 58844149): a convolutional network for 1,000 grey pictures of 30 by 30; 300 here.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import pictures
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = pictures(seed, 300, (30, 30, 1))
    model = stack(
        (30, 30, 1),
        layers.Conv2D(16, 5, strides=2),
        layers.Activation("relu"),
        layers.Conv2D(16, 3, strides=2),
        layers.Activation("relu"),
        layers.Flatten(),
        layers.Dense(1),
        layers.Activation("sigmoid" if mended else "softmax"),
    )
    model.compile(keras.optimizers.Adam(0.002), keras.losses.BinaryCrossentropy(), metrics=["accuracy"])
    return Program(model, x, y[:, None].astype("float32"), {"epochs": 15, "batch_size": 20})
