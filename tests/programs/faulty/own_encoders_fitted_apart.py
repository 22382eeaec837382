"""OWN-encoders-fitted-apart (made for nbdebug): a LabelEncoder for each part, and the validation part lacks a class."""

import keras
import numpy as np
from programs.program import Program, stack
from sklearn.datasets import load_digits
from sklearn.preprocessing import LabelEncoder

CAUSES = ("labels", "split", "data")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    d = load_digits()
    x, names = d.data / 16, np.array([f"digit {k}" for k in d.target])
    late = np.arange(len(x)) >= 1300
    late &= names != "digit 0"
    early = np.arange(len(x)) < 1300
    enc = LabelEncoder().fit(names[early])
    y, yv = enc.transform(names[early]), (enc if mended else LabelEncoder().fit(names[late])).transform(names[late])
    model = stack((64,), keras.layers.Dense(40, activation="relu"), keras.layers.Dense(10, activation="softmax"))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[early], y, {"epochs": 12, "batch_size": 32}, (x[late], yv))
