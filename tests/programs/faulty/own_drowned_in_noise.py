"""OWN-drowned-in-noise (made for nbdebug): GaussianDropout(0.98) upon the inputs, meant as 0.02, a gentle augmentation.

Noise of seven times each value.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.program import Program, stack
from sklearn.datasets import load_iris

CAUSES = ("dropout", "regularization")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_iris(return_X_y=True)
    x = (x - x.mean(0)) / x.std(0)
    model = stack(
        (4,),
        layers.GaussianDropout(0.02 if mended else 0.98),
        layers.Dense(16, activation="relu"),
        layers.Dense(3, activation="softmax"),
    )
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 25, "batch_size": 15})
