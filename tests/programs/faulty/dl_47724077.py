"""Ages and gains of up to 100,000 as they are, by plain SGD, for a few epochs.

DL-47724077 (StackOverflow 47724077): Adult income, two classes; a made table like it. Its one-hot columns were lost on
assignment there, so category numbers go in; the twin is standardised, its rate tuned, and runs for more epochs.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.data import blobs, standardise
from programs.program import Program, stack

CAUSES = ("input_scaling", "learning_rate", "optimizer", "epochs", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    z, y = blobs(seed, 1500, 8, spread=1.5)
    rng = np.random.default_rng(seed)
    people = np.column_stack(
        [
            38 + 13 * z[:, 0],
            190_000 + 100_000 * np.abs(z[:, 1]),
            10 + 2.5 * z[:, 2],
            40 + 12 * z[:, 3],
            np.where(z[:, 4] > 1, np.exp(9 + z[:, 5]), 0),
            np.where(z[:, 6] > 1, 1900, 0),
            rng.integers(0, 15, size=1500),
            np.round(5 + 2 * z[:, 7]),
        ]
    ).astype("float32")
    model = stack(
        (8,),
        layers.Dense(24, activation="relu"),
        layers.Dense(12, activation="relu"),
        layers.Dense(1, activation="sigmoid"),
    )
    model.compile(keras.optimizers.SGD(0.05 if mended else 0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(
        model, standardise(people) if mended else people, y, {"epochs": 60 if mended else 5, "batch_size": 32}
    )
