"""A target without bounds behind a sigmoid at the end of a GRU.

DM-60574843 (StackOverflow 60574843): series of one time and twelve channels; 1,500 of the 10,000.
"""

from __future__ import annotations

import keras
from keras import layers
from programs.data import curve
from programs.program import Program, stack

CAUSES = ("output_activation", "target_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = curve(seed, 1500, 12)
    model = stack(
        (1, 12),
        layers.GRU(24, return_sequences=True),
        layers.GRU(12),
        layers.Dense(1, activation=None if mended else "sigmoid"),
    )
    model.compile(keras.optimizers.RMSprop(0.003), "mse")
    return Program(model, x[:, None], y, {"epochs": 20, "batch_size": 32})
