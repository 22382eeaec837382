"""Iris by independent sigmoids under categorical cross-entropy.

DM-59278771 (StackOverflow 59278771): scaled to 0 to 1 there, by SGD; the twin has standardised features and Adam.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import iris, one_hot
from programs.program import Program, stack

CAUSES = ("output_activation", "loss", "optimizer")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = iris()
    if not mended:
        x = (x - x.min(axis=0)) / (x.max(axis=0) - x.min(axis=0))
    model = stack(
        (4,),
        layers.Dense(10, activation="relu"),
        layers.Dense(8, activation="relu"),
        layers.Dense(3, activation="softmax" if mended else "sigmoid"),
    )
    model.compile(
        keras.optimizers.Adam(0.005) if mended else keras.optimizers.SGD(0.01),
        "categorical_crossentropy",
        metrics=["accuracy"],
    )
    return Program(model, x, one_hot(y), {"epochs": 80, "batch_size": 10})
