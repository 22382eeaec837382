"""Small stacks of layers, the registers of those with a planted fault and of sound ones that look like it."""

import keras
import numpy as np
from keras import layers

from nbdebug.adapters.keras.cases import make_case

RANDOM = np.random.default_rng(0)
N = 64
X = RANDOM.normal(size=(N, 12)).astype("float32")
PICTURES = RANDOM.random((N, 8, 8, 3)).astype("float32")
SERIES = RANDOM.normal(size=(N, 10, 4)).astype("float32")
WORDS = RANDOM.integers(0, 20, (N, 6))
Y = RANDOM.integers(0, 4, N)
BITS = RANDOM.integers(0, 2, N)
NUMBERS = np.abs(X[:, 0] * X[:, 1])
PLANTS, TRAPS = {}, {}


def plant(check, severity, cause):
    def note(make):
        PLANTS[make.__name__] = (make, check, severity, cause)
        return make

    return note


def trap(make):
    TRAPS[make.__name__] = make
    return make


def stacked(x, y, *above, loss="sparse_categorical_crossentropy", fit=None, optimizer="adam"):
    keras.utils.set_random_seed(1)
    model = keras.Sequential([keras.Input(x.shape[1:]), *above])
    model.compile(optimizer, loss)
    return make_case(model, x, y, fit={"epochs": 2} if fit is None else fit)


def wired(x, y, make, loss="sparse_categorical_crossentropy"):
    keras.utils.set_random_seed(1)
    row = keras.Input(x.shape[1:])
    model = keras.Model(row, make(row))
    model.compile("adam", loss)
    return make_case(model, x, y, fit={"epochs": 2})


def softmax(units=4):
    return layers.Dense(units, "softmax")


def two_inputs(joined):
    a, b = keras.Input((12,), name="a"), keras.Input((3,), name="b")
    one, two = layers.Dense(4, "relu")(a), layers.Dense(4, "relu")(b)
    model = keras.Model([a, b], softmax()(layers.concatenate([one, two if joined else one])))
    model.compile("adam", "sparse_categorical_crossentropy")
    return make_case(model, [X, X[:, :3]], Y, fit={"epochs": 2})
