"""Three targets without bounds behind a softmax.

DM-53749895 (StackOverflow 53749895): 1,000 examples; of 400 features instead of 179,776.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation", "target_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 1000, 400, 3)
    model = stack(
        (400,), layers.Dense(32, activation="relu"), layers.Dense(3, activation="linear" if mended else "softmax")
    )
    model.compile("adam", "mse", metrics=["mae"])
    return Program(model, x, y, {"epochs": 30, "batch_size": 32})
