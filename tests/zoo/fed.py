"""A small network, and its data handed to `fit` in every way there is."""

import keras
import numpy as np
import tensorflow as tf

N = 60
X = np.random.default_rng(0).normal(size=(N, 6)).astype("float32")
Y = (X[:, 0] > 0).astype("int32")


def net(*first):
    model = keras.Sequential(
        [*first, keras.layers.Dense(3, "relu"), keras.layers.Dropout(0.2), keras.layers.Dense(1, "sigmoid")]
    )
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.last = keras.layers.Dense(3, "relu"), keras.layers.Dense(1, "sigmoid")
        self.drop = keras.layers.Dropout(0.2)

    def call(self, x, training=False):
        return self.last(self.drop(self.first(x), training=training))


def subclassed():
    model = Subclassed()
    model.compile("adam", "binary_crossentropy")
    return model


class Items(keras.utils.PyDataset):
    """Counts, and draws from a generator of its own."""

    def __init__(self):
        super().__init__()
        self.rng, self.asked = np.random.default_rng(1), 0

    def __len__(self):
        return 6

    def __getitem__(self, i):
        self.asked += 1
        at = slice(10 * i, 10 * i + 10)
        noise = self.rng.normal(size=(10, 6)) * self.asked + np.random.normal()
        return (X[at] + noise).astype("float32"), Y[at]


def drawn():
    rng = np.random.default_rng(3)
    while True:
        at = rng.integers(0, N, 10)
        yield (X[at] + rng.normal(size=(10, 6))).astype("float32"), Y[at]


def shuffled(random_map=False):
    data = tf.data.Dataset.from_tensor_slices((X, Y)).shuffle(N)
    if random_map:
        data = data.map(lambda x, y: (x + tf.random.normal((6,)), y))
    return data.batch(10)
