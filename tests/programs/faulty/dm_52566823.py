"""A target without bounds behind a sigmoid, after sigmoid hidden layers.

DM-52566823 (StackOverflow 52566823): 1,000 examples of five features.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation", "hidden_activation", "target_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 1000, 5)
    inner = "relu" if mended else "sigmoid"
    model = stack(
        (5,),
        layers.Dense(20, activation=inner),
        layers.Dense(20, activation=inner),
        layers.Dense(1, activation="linear" if mended else "sigmoid"),
    )
    model.compile("adam", "mse")
    return Program(model, x, y if mended else 12 * y + 5, {"epochs": 40, "batch_size": 32})
