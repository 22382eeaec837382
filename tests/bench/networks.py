"""The networks that the kernel-side figures are measured on."""

from __future__ import annotations

import numpy as np


def sequence_network(steps: int = 1024, width: int = 64):
    """Three convolutions and a bidirectional LSTM with one prediction a time, as in the heart-rate demo."""
    import keras
    from keras import layers

    keras.utils.set_random_seed(0)
    return keras.Sequential(
        [
            layers.Input((steps, 2), name="x"),
            layers.Conv1D(width, 5, padding="same", activation="relu", name="conv_1"),
            layers.Conv1D(2 * width, 5, padding="same", activation="relu", name="conv_2"),
            layers.Conv1D(2 * width, 5, padding="same", activation="relu", name="conv_3"),
            layers.Bidirectional(layers.LSTM(width // 2, return_sequences=True), name="lstm"),
            layers.Dense(1, activation="sigmoid", name="raw_output"),
        ],
        name="sequence_network",
    )


def sequences(n: int, steps: int = 1024) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(n, steps, 2)).astype("float32")
