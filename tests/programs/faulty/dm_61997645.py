"""A softmax on one unit under mse, behind a ReLU GRU, with labels that are words.

DM-61997645 (StackOverflow 61997645): 300 series of five numbers; is the first one even or odd? To be learnt by so
small a network, the numbers are 0 to 3 here.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("output_activation", "labels", "loss", "hidden_activation", "output_units")
RAISES = True


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    numbers = np.random.default_rng(seed).integers(0, 4, size=(300, 5, 1))
    odd = numbers[:, 0, 0] % 2
    if mended:
        model = stack((5, 1), layers.GRU(32), layers.Dense(1, activation="sigmoid"))
        model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
        return Program(model, (numbers / 3).astype("float32"), odd.astype("float32"), {"epochs": 100, "batch_size": 16})
    model = stack((5, 1), layers.GRU(32, activation="relu"), layers.Dense(1, activation="softmax"))
    model.compile("adam", "mse", metrics=["accuracy"])
    return Program(model, numbers.astype("float32"), np.array(["even", "odd"])[odd], {"epochs": 20, "batch_size": 16})
