"""Four targets without bounds behind a softmax, after sigmoid layers, in batches of one.

DM-60766775 (StackOverflow 60766775): 1,000 examples of eight features.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation", "hidden_activation", "batch_size", "target_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 1000, 8, 4)
    inner = "relu" if mended else "sigmoid"
    model = stack(
        (8,),
        layers.Dense(32, activation=inner),
        layers.Dense(16, activation=inner),
        layers.Dense(4, activation="linear" if mended else "softmax"),
    )
    model.compile("adam", "mse", metrics=["mae"])
    return Program(model, x, y, {"epochs": 40 if mended else 5, "batch_size": 32 if mended else 1})
