"""Iris by independent sigmoids under categorical cross-entropy, as another benchmark tells it.

D4ML-099 (StackOverflow 59278771): the measurements as they are in centimetres, one wide hidden layer, Adam.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import iris, one_hot
from programs.program import Program, stack

CAUSES = ("output_activation", "loss")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = iris()
    centimetres = (x * np.array([0.83, 0.43, 1.76, 0.76]) + np.array([5.8, 3.1, 3.8, 1.2])).astype("float32")
    model = stack(
        (4,), layers.Dense(64, activation="tanh"), layers.Dense(3, activation="softmax" if mended else "sigmoid")
    )
    model.compile(keras.optimizers.Adam(0.005), keras.losses.CategoricalCrossentropy(), metrics=["accuracy"])
    return Program(model, centimetres, one_hot(y), {"epochs": 60, "batch_size": 8})
