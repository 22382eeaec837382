"""Tiny networks behind real sessions, one for each kind of input and output that panels show."""

import numpy as np
import pandas as pd

from nbdebug.session import Session

HOSTILE = "<img src=x onerror=alert(1)>"

KINDS = ("sequence", "per time", "image", "tabular", "tokens", "two inputs", "unlabelled")


def make_session(kind: str) -> Session:
    """A session over a fresh network of that kind, with hostile names wherever a user can give one."""
    import keras

    keras.utils.set_random_seed(3)
    return _MAKERS[kind](keras)


def _metadata(n: int) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    table = pd.DataFrame({"age": rng.integers(20, 80, n), HOSTILE: [HOSTILE] * n, "share": rng.random(n)})
    table.index = [f"user {i} {HOSTILE}" if i % 2 else f"user {i}" for i in range(n)]
    return table


def _sequence(keras, y=True):
    n, times = 12, 24
    rng = np.random.default_rng(1)
    x = rng.normal(size=(n, times, 2)).astype("float32")
    x[3, 5:8, 0] = np.nan
    labels = (rng.random((n, 2)) > 0.5).astype("float32")
    labels[:3] = [[0, 1], [1, 0], [np.nan, 1]]
    network = keras.Sequential(
        [
            keras.Input((times, 2)),
            keras.layers.Conv1D(4, 3, padding="same", activation="relu", name="conv"),
            keras.layers.MaxPooling1D(2, name="pool"),
            keras.layers.LSTM(3, name="memory"),
            keras.layers.Dense(2, activation="sigmoid", name="risk"),
        ]
    )
    network.compile("sgd", "binary_crossentropy")
    return Session(
        network,
        x,
        labels if y else None,
        metadata=_metadata(n),
        outputs=["apnea", HOSTILE],
        channels=["heart rate", HOSTILE],
        time_step="1min",
        name=HOSTILE,
    )


def _per_time(keras):
    n, times = 8, 10
    rng = np.random.default_rng(2)
    x = rng.normal(size=(n, times, 1)).astype("float32")
    memory = keras.layers.GRU(3, return_sequences=True)
    network = keras.Sequential([keras.Input((times, 1)), memory, keras.layers.Dense(1)])
    network.compile("sgd", "mse")
    return Session(network, x, rng.normal(size=(n, times, 1)).astype("float32"), outputs=HOSTILE)


def _image(keras):
    n = 9
    rng = np.random.default_rng(3)
    x = rng.random((n, 6, 6, 1)).astype("float32")
    network = keras.Sequential(
        [
            keras.Input((6, 6, 1)),
            keras.layers.Conv2D(3, 3, activation="relu"),
            keras.layers.Flatten(),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    network.compile("sgd", "sparse_categorical_crossentropy")
    return Session(network, x, np.arange(n) % 3, classes=["cat", "dog", HOSTILE])


def _tabular(keras):
    rng = np.random.default_rng(4)
    x = rng.normal(size=(10, 3)).astype("float32")
    network = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, activation="relu"), keras.layers.Dense(1)])
    network.compile("sgd", "mse")
    return Session(network, x, x.sum(axis=1), channels=["a", "b", HOSTILE])


def _tokens(keras):
    rng = np.random.default_rng(5)
    x = rng.integers(0, 9, (10, 7))
    network = keras.Sequential(
        [
            keras.Input((7,), dtype="int32"),
            keras.layers.Embedding(9, 4, mask_zero=True),
            keras.layers.LSTM(3),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    network.compile("sgd", "binary_crossentropy")
    return Session(network, x, rng.integers(0, 2, 10))


def _two_inputs(keras):
    n, times = 8, 12
    rng = np.random.default_rng(6)
    signal, facts = keras.Input((times, 1), name="signal"), keras.Input((2,), name="facts")
    seen = keras.layers.GlobalAveragePooling1D()(keras.layers.Conv1D(3, 3)(signal))
    out = keras.layers.Dense(1, activation="sigmoid", name="risk")(keras.layers.Concatenate()([seen, facts]))
    network = keras.Model([signal, facts], out)
    network.compile("sgd", "binary_crossentropy")
    x = {
        "signal": rng.normal(size=(n, times, 1)).astype("float32"),
        "facts": rng.normal(size=(n, 2)).astype("float32"),
    }
    return Session(network, x, np.arange(n) % 2)


_MAKERS = {
    "sequence": _sequence,
    "per time": _per_time,
    "image": _image,
    "tabular": _tabular,
    "tokens": _tokens,
    "two inputs": _two_inputs,
    "unlabelled": lambda keras: _sequence(keras, y=False),
}
