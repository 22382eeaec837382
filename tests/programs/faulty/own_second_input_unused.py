"""OWN-second-input-unused (made for nbdebug): the merge takes the first of two branches twice.

What the second sees never counts.
"""

from __future__ import annotations

import keras
import numpy as np
from keras import layers
from programs.program import Program

CAUSES = ("layers", "usage")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(4)
    picture = rng.normal(size=(600, 6, 6, 1)).astype("float32")
    table = rng.normal(size=(600, 5)).astype("float32")
    y = (table[:, 0] - table[:, 3] + 0.4 * picture[:, 2:4, 2:4].mean((1, 2, 3)) > 0).astype("float32")

    image_in, table_in = keras.Input((6, 6, 1), name="picture"), keras.Input((5,), name="table")
    a = layers.Conv2D(8, 3, activation="relu")(image_in)
    a = layers.Flatten()(a)
    a = layers.Dense(16, activation="relu")(a)
    b = layers.Dense(16, activation="relu")(table_in)
    both = layers.concatenate([a, b if mended else a])
    out = layers.Dense(1, activation="sigmoid")(layers.Dense(16, activation="relu")(both))
    model = keras.Model(inputs=[image_in, table_in], outputs=out)
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return Program(
        model,
        [picture[:480], table[:480]],
        y[:480],
        {"epochs": 15, "batch_size": 32},
        ([picture[480:], table[480:]], y[480:]),
    )
