"""OWN-columns-in-another-order (made for nbdebug): validation columns in alphabetical order."""

import keras
import numpy as np
from programs.program import Program, stack
from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler

CAUSES = ("data", "split", "input_scaling")


def make(seed: int, mended: bool) -> Program:
    keras.utils.set_random_seed(seed)
    wine = load_wine()
    order = np.random.default_rng(5).permutation(178)
    x, y = StandardScaler().fit_transform(wine.data)[order], wine.target[order]
    names = np.argsort(wine.feature_names)
    later = x[120:] if mended else x[120:][:, names]
    model = stack((13,), keras.layers.Dense(20, activation="relu"), keras.layers.Dense(3, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return Program(model, x[:120], y[:120], {"epochs": 25, "batch_size": 12}, (later, y[120:]))
