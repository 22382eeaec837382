"""A linear head under binary cross-entropy, on random features.

DM-64387251 (StackOverflow 64387251): zeros and ones of MNIST; of scikit-learn's digits here. The features are a
frozen random layer.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import digits
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = digits()
    x, y = x[y < 2], y[y < 2]
    features = layers.Dense(100, activation="relu", trainable=False)
    model = stack((8, 8, 1), layers.Flatten(), features, layers.Dense(1, activation="sigmoid" if mended else None))
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 16})
