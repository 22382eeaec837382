"""OWN-normalised-all-together (made for nbdebug): one mean and one spread for the whole table.

Normalization(axis=None): one column of millions rules them; the others become specks.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("input_scaling", "layers", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(157)
    x = np.c_[rng.normal(2e6, 4e5, 700), rng.uniform(0, 1, 700), rng.normal(20, 5, 700), rng.uniform(-3, 3, 700)]
    y = (np.sin(2 * x[:, 3]) + 4 * (x[:, 1] - 0.5) > 0).astype(int)
    norm = layers.Normalization(axis=-1 if mended else None)
    norm.adapt(x)
    model = stack(
        (4,),
        norm,
        layers.Dense(32, activation="relu"),
        layers.Dense(16, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    )
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32})
