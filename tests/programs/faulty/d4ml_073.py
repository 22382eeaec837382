"""A line behind a sigmoid.

D4ML-073 (StackOverflow 48221692): one feature and one target, both in the tens; made data instead of the file.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import standardise
from programs.program import Program, stack

CAUSES = ("output_activation", "target_scaling", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 100, size=(300, 1)).astype("float32")
    y = (x + 3 * rng.normal(size=x.shape)).astype("float32")
    if mended:
        x, y = standardise(x), standardise(y)
    model = stack((1,), layers.Dense(1, activation="linear" if mended else "sigmoid"))
    model.compile(keras.optimizers.Adam(0.02), "mse")
    return Program(model, x, y, {"epochs": 50, "batch_size": 16})
