"""From a number back to one of 69 columns: sigmoids under categorical cross-entropy, on one feature that is not scaled.

DL-58609115 (StackOverflow 58609115): 1,767 examples; the twin reads the number as eleven waves of it, so that it can
tell its values apart, and takes binary cross-entropy.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import one_hot
from programs.program import Program, stack

CAUSES = ("loss", "output_activation", "input_scaling", "hidden_activation")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    number = np.random.default_rng(seed).permutation(1767) % 69
    x = (10.0 * number[:, None] + 3).astype("float32")
    if mended:
        x = np.sin(x / 10 * np.pi / 69 * np.arange(1, 12)).astype("float32")
    model = stack(
        (x.shape[1],),
        layers.Dense(64, activation="relu" if mended else "sigmoid"),
        layers.Dense(64, activation="relu" if mended else "sigmoid"),
        layers.Dense(69, activation="sigmoid"),
    )
    loss = "binary_crossentropy" if mended else "categorical_crossentropy"
    model.compile(keras.optimizers.Adam(0.003 if mended else 0.001), loss, metrics=["accuracy"])
    return Program(model, x, one_hot(number, 69), {"epochs": 40, "batch_size": 32})
