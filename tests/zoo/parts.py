"""What the models of the zoo are made of."""

from __future__ import annotations

import keras
import numpy as np

N, T, C = 5, 12, 2


def floats(*shape: int) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(N, *shape)).astype("float32")


def tokens(*shape: int, high: int = 9) -> np.ndarray:
    tokens = np.random.default_rng(1).integers(1, high, size=(N, *shape))
    tokens[:, shape[0] - 3 :] = 0
    return tokens.astype("int32")


def binary(*shape: int) -> np.ndarray:
    return np.random.default_rng(2).integers(0, 2, size=(N, *(shape or (1,)))).astype("float32")


def compiled(model: keras.Model, loss: object = "binary_crossentropy") -> keras.Model:
    model.compile(optimizer="sgd", loss=loss)
    return model


def stacked(*stack: object, shape: tuple[int, ...], dtype: str | None = None, loss: object = "binary_crossentropy"):
    return compiled(keras.Sequential([keras.Input(shape, dtype=dtype), *stack]), loss)
