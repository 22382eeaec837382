"""Two classes by a softmax on one unit, at a learning rate of 1e-4.

DM-58055105 (StackOverflow 58055105): 1,000 examples of 22 features.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import blobs
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units", "learning_rate")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = blobs(seed, 1000, 22, spread=2)
    model = stack(
        (22,),
        layers.Dense(44, activation="relu"),
        layers.Dropout(0.2),
        layers.Dense(22, activation="relu"),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    model.compile(keras.optimizers.Adam(1e-3 if mended else 1e-4), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 25, "batch_size": 25})
