"""Taking a `tf.data.Dataset` into arrays, where that is sure to give the same data again."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.errors import NbdebugError


@dataclass(frozen=True)
class Taken:
    """What a data set held; each of x, y and sample_weight in the structure the data set gave it."""

    x: Any
    y: Any
    sample_weight: Any
    n_bytes: int


def is_dataset(value: Any) -> bool:
    """Whether `value` is a `tf.data.Dataset`."""
    return isinstance(value, tf.data.Dataset)


def take(dataset: Any) -> Taken:
    """Hold a finite data set of (x, y[, sample_weight]) batches in memory.

    It is read twice, because numbers that belong to examples mean nothing when the examples come in another order.

    Raises:
        NbdebugError: the data set has no end, is not batches of examples, is empty, or two passes over it differ.
    """
    batches = _all(dataset)
    if _checksum(iter(batches)) != _checksum(_batches(dataset)):
        raise NbdebugError(
            "Two passes over the data set give different data.",
            got="another checksum the second time",
            fix="leave out shuffle and random augmentation, or pass arrays",
        )
    return _joined(batches)


def read(dataset: Any) -> Taken:
    """Hold one pass over a finite data set of (x, y[, sample_weight]) batches, shuffled or not.

    Raises:
        NbdebugError: the data set has no end, is not batches of examples, or is empty.
    """
    return _joined(_all(dataset))


def _all(dataset: Any) -> list[Any]:
    if int(dataset.cardinality()) == tf.data.INFINITE_CARDINALITY:
        raise NbdebugError("The data set has no end.", got="an infinite tf.data.Dataset", fix="use .take(n) first")
    batches = list(_batches(dataset))
    if not batches:
        raise NbdebugError("The data set is empty.", got="no batch", fix="pass a data set with examples")
    return batches


def _joined(batches: list[Any]) -> Taken:
    whole = keras.tree.map_structure(lambda *parts: np.concatenate(parts), *batches)
    n_bytes = sum(array.nbytes for array in keras.tree.flatten(whole))
    x, y, weight = (*_parts(whole), None, None)[:3]
    return Taken(x, y, weight, n_bytes)


def _batches(dataset: Any) -> Iterator[Any]:
    for batch in dataset:
        arrays = keras.tree.map_structure(lambda t: np.asarray(t), batch)
        if any(array.ndim == 0 for array in keras.tree.flatten(arrays)):
            raise NbdebugError(
                "The data set does not give batches.", got="numbers without an example axis", fix="use .batch(32)"
            )
        yield arrays


def _parts(batch: Any) -> tuple[Any, ...]:
    return batch if isinstance(batch, tuple) else (batch,)


def _checksum(batches: Iterator[Any]) -> int:
    total = 0
    for batch in batches:
        for array in keras.tree.flatten(batch):
            total = zlib.crc32(np.ascontiguousarray(array).tobytes(), total)
            total = zlib.crc32(str(array.shape).encode(), total)
    return total
