"""Inputs and labels as tables that plain learners can take."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nbdebug.checks.data._rows import numeric
from nbdebug.measure.spread import spread
from nbdebug.records.case import End

_NUMBERS = 300


def rows_of(inputs: Mapping[str, np.ndarray], most: int) -> np.ndarray | None:
    """(example, number): at most `most` examples, and 300 numbers of each, spread evenly; None for what are none."""
    arrays = numeric(inputs)
    if not arrays or len(arrays) < len(inputs):
        return None
    n = min(len(values) for values in arrays.values())
    at = places(n, most)
    flat = np.concatenate([values[at].reshape(len(at), -1).astype(np.float64) for values in arrays.values()], axis=1)
    columns = np.linspace(0, flat.shape[1] - 1, min(_NUMBERS, flat.shape[1])).astype(np.intp)
    return flat[:, columns] if np.isfinite(flat[:, columns]).all() else None


def places(n: int, most: int) -> np.ndarray:
    """The examples that `rows_of` takes of n."""
    return np.linspace(0, n - 1, min(n, most)).astype(np.intp)


def class_numbers(y: np.ndarray | None, end: End) -> np.ndarray | None:
    """The class of each example as it is numbered in `y`, (example,); None where labels are no classes of examples."""
    if y is None or end.labels.missing:
        return None
    if end.labels.kind in ("binary", "plus_minus", "classes") and y.size == len(y):
        return np.asarray(y.reshape(-1).astype(np.float64))
    if end.labels.kind == "one_hot" and y.ndim == 2:
        return np.asarray(y.argmax(axis=1).astype(np.float64))
    return None


def columns_of(y: np.ndarray | None, end: End, most: int) -> np.ndarray | None:
    """(example, column): labels as numbers, classes as columns of 0 and 1; None where an example has no such label."""
    classes = class_numbers(y, end)
    if y is None or end.labels.missing or end.labels.kind in ("text", "none"):
        return None
    some = spread(y if classes is None else classes, most * max(1, y[0].size if classes is None else 1))
    if classes is not None:
        return np.asarray((some[:, None] == np.unique(classes)).astype(np.float64))
    return some.reshape(len(some), -1).astype(np.float64) if y.ndim <= 2 and y.dtype.kind in "fiub" else None
