"""OWN-only-the-rows-shuffled (made for nbdebug): inputs are shuffled in place and the labels are not."""

import keras
import numpy as np
from programs.program import Program, stack
from sklearn.datasets import load_digits

CAUSES = ("data", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    x, y = load_digits(return_X_y=True)
    x = x / 16.0
    rng = np.random.default_rng(99)
    if mended:
        order = rng.permutation(len(x))
        x, y = x[order], y[order]
    else:
        rng.shuffle(x)
    model = stack((64,), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(10, activation="softmax"))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[:1400], y[:1400], {"epochs": 12, "batch_size": 32}, (x[1400:], y[1400:]))
