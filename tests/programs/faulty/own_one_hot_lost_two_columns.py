"""OWN-one-hot-lost-two-columns (made for nbdebug): one_hot with a depth of 8 for ten digits."""

import keras
import numpy as np
from programs.program import Program, stack
from sklearn.datasets import load_digits

CAUSES = ("output_units", "labels")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    depth = 10 if mended else 8
    y = np.asarray(keras.ops.one_hot(d.target, depth))
    model = stack((64,), keras.layers.Dense(64, activation="relu"), keras.layers.Dense(depth, activation="softmax"))
    model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    return Program(model, d.data / 16, y, {"epochs": 12, "batch_size": 32})
