"""OWN-strides-over-the-clue (made for nbdebug): a stride of 4 with a kernel of 2 skips half of the series."""

import keras
import numpy as np
from keras import layers
from programs.program import Program, stack

CAUSES = ("layers", "shape")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(160)
    x = rng.normal(0, 0.3, (600, 48, 1)).astype("float32")
    click = rng.integers(0, 2, 600)
    at = rng.integers(0, 12, 600) * 4 + rng.integers(1, 4, 600)
    x[np.arange(600), at, 0] += np.where(click, 2.5, 0)
    model = stack(
        (48, 1),
        layers.Conv1D(8, 2, strides=1 if mended else 4, activation="relu"),
        layers.Conv1D(8, 1, activation="relu"),
        layers.GlobalMaxPooling1D(),
        layers.Dense(1, activation="sigmoid"),
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return Program(model, x, click, {"epochs": 12, "batch_size": 32})
