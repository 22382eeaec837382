"""Examples as rows of numbers, and which of them are the same."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nbdebug.checks.check import Unfit
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case, End

_VALUES = 4_000_000
_COLUMNS = 16
_FEW = 3
_BLOCK = 4_096
"""Examples that are mixed at a time, so that they stay in the processor's cache."""
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def numeric(inputs: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The inputs that are numbers."""
    return {name: values for name, values in inputs.items() if values.dtype.kind in "fiub" and values.size}


def features(values: np.ndarray, limit: int = 1_000_000) -> np.ndarray:
    """(row, feature): the last axis is features, every other one (example, time, place) makes rows; a sample."""
    some = spread(values, limit).astype(np.float64)
    return some.reshape(-1, some.shape[-1] if some.ndim > 1 else 1)


def examples(values: np.ndarray, limit: int = 1_000_000) -> np.ndarray:
    """(example, number): a sample of the examples, flat."""
    some = spread(values, limit).astype(np.float64)
    return some.reshape(len(some), -1)


def marks(inputs: Mapping[str, np.ndarray], like: int | None = None) -> np.ndarray:
    """A number for each example; the same for the same inputs, and hardly ever for others.

    Of wide examples at least 16 columns are looked at, more where that is cheap; `like` is how many examples there are
    in the set whose marks these are to be compared with.
    """
    arrays = numeric(inputs)
    if not arrays or len(arrays) < len(inputs):
        raise Unfit("not all inputs are numbers")
    n = len(next(iter(arrays.values())))
    random, found = np.random.default_rng(0), np.zeros(n, np.uint64)
    for _, values in sorted(arrays.items()):
        rows = values.reshape(n, -1)
        most = max(_COLUMNS, _VALUES // max(1, like or n))
        if rows.shape[1] > most:
            rows = rows[:, np.sort(random.permutation(rows.shape[1])[:most])]
        factors = random.integers(1, 2**63, rows.shape[1], dtype=np.uint64) | np.uint64(1)
        for at in range(0, n, _BLOCK):
            part = slice(at, at + _BLOCK)
            found[part] = found[part] * _MIX + _mixed(rows[part], factors)
    return found


def _mixed(rows: np.ndarray, factors: np.ndarray) -> np.ndarray:
    bits = np.ascontiguousarray(rows.astype(np.float64) + 0.0).view(np.uint64)
    bits = (bits ^ (bits >> np.uint64(33))) * _MIX
    bits ^= bits >> np.uint64(29)
    bits *= factors
    return np.asarray(bits.sum(axis=1, dtype=np.uint64))


def repeats(found: np.ndarray) -> float:
    """Share of examples that repeat an earlier one."""
    return 1 - len(pd.unique(found)) / len(found) if len(found) else 0.0


def measured(inputs: Mapping[str, np.ndarray]) -> bool:
    """Whether the examples are measurements, which hardly ever come out the same twice: three numbers or more with
    fractions. Categories, counts and bits repeat by themselves.
    """
    return any(
        values.dtype.kind == "f" and values[0].size >= _FEW and _fractions(values) >= _FEW
        for values in numeric(inputs).values()
    )


def classes_of(case: Case, end: End) -> np.ndarray | None:
    """The class of each example, None where the labels are no classes of examples."""
    y = case.targets.get(end.name)
    if y is None or end.labels.missing or y.size != len(y) * end.labels.columns:
        return None
    if end.labels.kind in ("binary", "plus_minus", "classes", "text") and end.labels.columns == 1:
        return np.unique(y.reshape(-1).astype(str) if y.dtype.kind == "O" else y.reshape(-1), return_inverse=True)[1]
    return y.argmax(axis=1) if end.labels.kind == "one_hot" and y.ndim == 2 else None


def counts_of_weighted(case: Case) -> tuple[End, np.ndarray] | None:
    """The head that class weights are for and how many examples each class has, by its number; None without either.

    Raises:
        Unfit: there are several heads.
    """
    if len(case.ends) != 1:
        raise Unfit("which output the class weights are for is not known")
    end = case.ends[0]
    classes = classes_of(case, end) if classifies(end) else None
    if classes is None or not len(classes):
        return None
    return end, np.bincount(classes, minlength=max(case.training.class_weights) + 1)


def classifies(end: End) -> bool:
    """Whether the loss of a head is one for classes."""
    return end.loss is not None and end.loss.kind in ("binary", "categorical", "sparse", "hinge")


def split_at(case: Case) -> int | None:
    """Where `validation_split` cuts the examples, None without one."""
    split = case.training.validation_split
    n = len(next(iter(case.inputs.values()), ()))
    return int(n * (1 - split)) if 0 < split < 1 else None


def held_back(case: Case) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]] | None:
    """Inputs to train on and to validate on, None without validation data."""
    at = split_at(case)
    if case.validation is not None:
        return dict(case.inputs), dict(case.validation[0])
    if at is None:
        return None
    return {k: v[:at] for k, v in case.inputs.items()}, {k: v[at:] for k, v in case.inputs.items()}


def _fractions(values: np.ndarray) -> int:
    some = examples(values, 100_000)
    return int(((some != np.round(some)) & np.isfinite(some)).any(axis=0).sum())
