"""OWN-one-class-at-a-time (made for nbdebug): sorted by digit and shuffle=False, so that each batch holds one class."""

import keras
import numpy as np
from programs.program import Program, stack
from sklearn.datasets import load_digits

CAUSES = ("usage", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    by_class = np.argsort(d.target, kind="stable")
    x, y = d.data[by_class] / 16, d.target[by_class]
    model = stack((64,), keras.layers.Dense(48, activation="relu"), keras.layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x, y, {"epochs": 8, "batch_size": 32, "shuffle": mended})
