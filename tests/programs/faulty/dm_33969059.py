"""Regression by a softmax on one unit, which is always 1; inputs up to 10,000 into tanh, the target unscaled.

DM-33969059 (StackOverflow 33969059): y is linear in three features of 0 to 10,000; SGD of 0.1, accuracy as metric.
2,000 of the 100,000 examples.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import standardise
from programs.program import Program, stack

CAUSES = ("output_activation", "input_scaling", "target_scaling", "learning_rate", "metric")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 10_000, size=(2000, 3)).astype("float32")
    y = x @ np.array([[0.3], [0.5], [1.2]], "float32") + 40
    if mended:
        x, y = standardise(x), standardise(y)
    model = stack(
        (3,), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="linear" if mended else "softmax")
    )
    model.compile(keras.optimizers.SGD(0.02 if mended else 0.1), "mse", metrics=["mae" if mended else "accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
