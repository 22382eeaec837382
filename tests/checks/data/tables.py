"""A small network on a table, and what one check says of it."""

import keras
import numpy as np
from keras import layers

from nbdebug.checkup import check


def findings(name, x, y, head=(1, None, "mse"), first=(), validation=None, **fit):
    """Findings of one check about a network that takes x to labels y."""
    keras.utils.set_random_seed(0)
    units, activation, loss = head
    hidden = [*first, layers.Flatten(), layers.Dense(8, activation="relu")]
    model = keras.Sequential([keras.Input(x.shape[1:]), *hidden, layers.Dense(units, activation, name="out")])
    model.compile("adam", loss)
    report = check(model, x, y, validation=validation, only=[name], **({"epochs": 10, "batch_size": 32} | fit))
    assert [v.kind for v in report.verdicts] != ["broke"], report.verdicts
    return report.findings


def blobs(n=600, classes=4, columns=6, seed=0):
    """Classes that lie apart."""
    random = np.random.default_rng(seed)
    y = random.integers(0, classes, n)
    centres = 3 * np.random.default_rng(77).normal(size=(classes, columns))
    return (centres[y] + random.normal(size=(n, columns))).astype("float32"), y


CLASSES = (4, "softmax", "sparse_categorical_crossentropy")
YES_NO = (1, "sigmoid", "binary_crossentropy")
