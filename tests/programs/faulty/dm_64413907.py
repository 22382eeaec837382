"""Three classes by a ReLU head under categorical cross-entropy, behind an LSTM of one cell.

DM-64413907 (StackOverflow 64413907): 100 masked series of six times; the labels are random, in the twin too.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot
from programs.program import Program, stack

CAUSES = ("output_activation", "layers", "output_units", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(100, 6, 1)).astype("float32")
    x[np.arange(6) >= rng.integers(3, 7, size=(100, 1))] = -9
    y = one_hot(rng.integers(0, 3, size=100), 3)
    model = stack(
        (6, 1),
        layers.Masking(-9),
        layers.LSTM(16 if mended else 1),
        layers.Dense(3, activation="softmax" if mended else "relu"),
    )
    model.compile(keras.optimizers.Adam(0.005), "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 60, "batch_size": 10})
