"""Logits under sparse categorical cross-entropy that takes probabilities.

DM-68101077 (StackOverflow 68101077): Fashion-MNIST, scaled. scikit-learn's digits instead.
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
    model = stack((8, 8, 1), layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dense(10))
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=mended), metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 15, "batch_size": 32})
