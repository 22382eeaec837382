"""OWN-weights-of-nothing (made for nbdebug): sample_weight by an integer division, so that all are 0."""

import keras
import numpy as np
from programs.program import Program, stack

CAUSES = ("usage", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(66)
    x = rng.normal(size=(900, 6))
    y = np.where(x[:, 0] * x[:, 1] > 0, 1.0, 0.0)
    age_in_days = rng.integers(1, 100, 900)
    trust = 100 - age_in_days
    weight = trust / 100 if mended else (trust // 100).astype(float)
    model = stack(
        (6,),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(16, activation="relu"),
        keras.layers.Dense(1, "sigmoid"),
    )
    model.compile(keras.optimizers.Adam(0.005), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 32, "sample_weight": weight})
