"""Two classes by a softmax on one unit.

DM-51749207 (StackOverflow 51749207): 458 series; of 120 times instead of 600.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import waves
from programs.program import Program, stack

CAUSES = ("output_activation", "output_units")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = waves(seed, 458, 120)
    model = stack(
        (120, 1),
        layers.Conv1D(16, 9, strides=2, activation="relu"),
        layers.MaxPooling1D(3),
        layers.Conv1D(32, 5, activation="relu"),
        layers.GlobalAveragePooling1D(),
        layers.Dropout(0.25),
        layers.Dense(1, activation="sigmoid" if mended else "softmax"),
    )
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 20, "batch_size": 16})
