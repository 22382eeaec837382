"""Adadelta at 0.001 hardly moves.

DC-M3 (DeepCrime mutant): a convolutional network for MNIST. scikit-learn's digits instead; the twin has 1.0.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits, one_hot
from programs.program import Program, stack

CAUSES = ("learning_rate", "optimizer", "epochs")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    model = stack(
        (8, 8, 1),
        layers.Conv2D(24, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.25),
        layers.Flatten(),
        layers.Dense(96, activation="relu"),
        layers.Dropout(0.3),
        layers.Dense(10, activation="softmax"),
    )
    optimizer = keras.optimizers.Adadelta(1.0 if mended else 0.001)
    model.compile(optimizer, "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, one_hot(y), {"epochs": 12, "batch_size": 64})
