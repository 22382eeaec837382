"""Small networks with one planted fault of training each, and data that a sound one learns."""

import keras
import numpy as np


def blobs(n=256, features=8, scale=1.0, seed=0):
    """Two classes that a small network tells apart."""
    random = np.random.default_rng(seed)
    x = random.normal(size=(n, features)).astype("float32")
    y = (x[:, :2].sum(1) > 0).astype("int32")
    return x * np.float32(scale), y


def classifier(activation="relu", depth=2, optimizer=None, loss="binary_crossentropy", width=16):
    """A multi-layer perceptron with one sigmoid."""
    keras.utils.set_random_seed(0)
    hidden = [keras.layers.Dense(width, activation=activation, name=f"hidden_{i}") for i in range(depth)]
    model = keras.Sequential([keras.Input((8,)), *hidden, keras.layers.Dense(1, activation="sigmoid", name="risk")])
    model.compile(optimizer or keras.optimizers.Adam(0.01), loss)
    return model


def regressor(optimizer=None):
    """A multi-layer perceptron with one linear unit."""
    keras.utils.set_random_seed(0)
    hidden = keras.layers.Dense(16, activation="relu")
    model = keras.Sequential([keras.Input((8,)), hidden, keras.layers.Dense(1, name="price")])
    model.compile(optimizer or keras.optimizers.Adam(0.01), "mse")
    return model
