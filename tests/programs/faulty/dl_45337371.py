"""A value of 0 to 1 for every time by a softmax on one unit.

DL-45337371 (StackOverflow 45337371): 1,000 series of five times of uniform noise; the target is noise, in the twin too.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("output_activation", "data", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    x, y = rng.random((1000, 5, 1)).astype("float32"), rng.random((1000, 5, 1)).astype("float32")
    model = stack(
        (5, 1), layers.LSTM(12, return_sequences=True), layers.Dense(1, activation="sigmoid" if mended else "softmax")
    )
    model.compile("adam", "mse")
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
