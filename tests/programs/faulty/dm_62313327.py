"""A hidden layer of one ReLU unit, and a sigmoid for targets of -1 to 1.

DM-62313327 (StackOverflow 62313327): y is the second of 30 features; 3,000 of the 100,000 examples.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("output_units", "output_activation", "layers", "hidden_activation")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x = np.random.default_rng(seed).uniform(-1, 1, size=(3000, 30)).astype("float32")
    model = stack(
        (30,),
        layers.Dense(16 if mended else 1, activation="relu"),
        layers.Dense(1, activation="linear" if mended else "sigmoid"),
    )
    model.compile("adam", "mse")
    return Program(model, x, x[:, 1], {"epochs": 15, "batch_size": 32})
