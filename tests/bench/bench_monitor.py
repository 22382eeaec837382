"""What watching costs: a fit with `nbdebug.Monitor` against a bare one, in interleaved pairs.

Both read a `tf.data.Dataset` whose autotuning is off. Where it is on, as in a `fit` of arrays, the end of a fit waits
for TensorFlow's autotuner, which sleeps for 10 ms and then twice as long each time: most fits end 10 * (2**k - 1) ms
after they began, and one of 2.6 s may take 5.1 s, bare or watched.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from borrowed import borrowed
from row import Row
from scipy import stats
from sklearn.datasets import load_digits

from nbdebug.adapters.keras.watching.monitor import Monitor

PAIRS = 15
LEAST_SECONDS, TURNS = 10, 10
BESIDE = 3
"""Pairs with Keras' TensorBoard callback and its histograms, for comparison."""

Callbacks = Callable[[], Sequence[keras.callbacks.Callback]]


def digits_cnn() -> tuple[Any, tf.data.Dataset]:
    images, labels = load_digits(return_X_y=True)
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(32, 3, padding="same", activation="relu"),
            layers.Conv2D(64, 3, padding="same", activation="relu"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model, _batches(images.reshape(-1, 8, 8, 1).astype("float32") / 16, labels)


def wide_mlp() -> tuple[Any, tf.data.Dataset]:
    random = np.random.default_rng(0)
    x = random.normal(size=(4096, 512)).astype("float32")
    dense = keras.layers.Dense
    model = keras.Sequential(
        [keras.Input((512,)), dense(2048, activation="relu"), dense(2048, activation="relu"), dense(1)]
    )
    model.compile(keras.optimizers.Adam(1e-4), "mse")
    return model, _batches(x, x[:, :8].sum(axis=1))


def _batches(x: np.ndarray, y: np.ndarray) -> tf.data.Dataset:
    options = tf.data.Options()
    options.autotune.enabled = False
    return tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(32).with_options(options)


def rows() -> Iterator[Row]:
    for name, make in {"digits CNN": digits_cnn, "5-million-parameter MLP": wide_mlp}.items():
        keras.utils.set_random_seed(0)
        model, data = make()
        epochs = _epochs(model, data)
        ratios = _ratios(model, data, epochs, lambda: [Monitor()], PAIRS)
        low, high = _interval_of_median(ratios)
        told = f"95 % interval {low:.3f} to {high:.3f} (its end: 1.08); {_beside(model, data, epochs)}"
        yield Row(f"fit with Monitor / bare fit, {name}, {PAIRS} pairs", float(np.median(ratios)), "x", 1.05, told)


def _beside(model: Any, data: tf.data.Dataset, epochs: int) -> str:
    sys.path.append(borrowed("tensorboard"))
    with tempfile.TemporaryDirectory() as folder:
        board = lambda: [keras.callbacks.TensorBoard(folder, histogram_freq=1)]  # noqa: E731
        try:
            ratio = float(np.median(_ratios(model, data, epochs, board, BESIDE)))
        except Exception as error:  # not installed, or of another version: the row without it still counts
            return f"TensorBoard did not run: {str(error)[:60]}"
    return f"TensorBoard with histograms: {ratio:.2f}"


def _epochs(model: Any, data: tf.data.Dataset) -> int:
    model.fit(data, epochs=1, verbose=0)
    taken = _seconds(model, data, 2, [])
    return int(np.ceil(2 * LEAST_SECONDS * 1.1 / TURNS / taken))


def _ratios(model: Any, data: tf.data.Dataset, epochs: int, watched: Callbacks, pairs: int) -> np.ndarray:
    """Each pair is cut into short fits that take turns, so that a drift of the machine within it hits both alike."""
    found = []
    for _ in range(pairs):
        bare = with_it = 0.0
        for turn in range(TURNS):
            if turn % 2:
                with_it += _seconds(model, data, epochs, watched())
            bare += _seconds(model, data, epochs, [])
            if not turn % 2:
                with_it += _seconds(model, data, epochs, watched())
        found.append(with_it / bare)
    return np.array(found)


def _seconds(model: Any, data: tf.data.Dataset, epochs: int, callbacks: Sequence[keras.callbacks.Callback]) -> float:
    begun = time.perf_counter()
    model.fit(data, epochs=epochs, verbose=0, callbacks=list(callbacks))
    return time.perf_counter() - begun


def _interval_of_median(values: np.ndarray) -> tuple[float, float]:
    """Distribution-free: the k-th smallest and largest, which hold the median with 95 % or more."""
    n, ordered = len(values), np.sort(values)
    k = max(int(stats.binom.ppf(0.025, n, 0.5)), 1)
    return float(ordered[k - 1]), float(ordered[n - k])
