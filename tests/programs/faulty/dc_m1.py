"""The kernel of the first layer begins at zero.

DC-M1 (DeepCrime mutant): a convolutional network for MNIST. scikit-learn's digits instead.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits, one_hot
from programs.program import Program, stack

CAUSES = ("initialization",)


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    model = stack(
        (8, 8, 1),
        layers.Conv2D(16, 3, activation="relu", kernel_initializer="glorot_uniform" if mended else "zeros"),
        layers.Conv2D(32, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(64, activation="relu"),
        layers.Dense(10, activation="softmax"),
    )
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 12, "batch_size": 32})
