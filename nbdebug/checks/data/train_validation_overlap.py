"""Validation examples that are training examples as well say nothing about new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._rows import held_back, marks, measured, repeats
from nbdebug.records.case import Case

_COMPARED = 2000
_UNIVERSE = 64


def judge(case: Case, *, share: float = 0.1, natural: float = 0.05) -> Iterator[Found]:
    """A share of `share` of the validation examples occurs in training. Categories, counts and bits that repeat by
    themselves, a share above `natural` within training, are judged only where all examples are the same: measurements
    that repeat are copies. Tables of 64 examples or fewer may be all there is, as the four of XOR are.
    """
    parts = held_back(case)
    if parts is None:
        raise Unfit("there is no validation data")
    train, validation = parts
    n, m = (len(next(iter(part.values()), ())) for part in parts)
    if not n or not m or set(train) != set(validation):
        return
    same = n == m and all(np.array_equal(train[k], validation[k], equal_nan=train[k].dtype.kind == "f") for k in train)
    if same and n > _UNIVERSE:
        yield _found(case, 1.0, share, np.arange(10))
        return
    known = marks(train)
    if m <= _UNIVERSE // 4 or (repeats(known) > natural and not measured(case.inputs)):
        return
    rows = np.linspace(0, m - 1, min(m, _COMPARED)).astype(np.intp)
    some = {name: values[rows] for name, values in validation.items()}
    hit = _confirmed(train, some, known, marks(some, like=n))
    if hit.mean() >= share:
        yield _found(case, float(hit.mean()), share, rows[hit][:10])


def _confirmed(
    train: Mapping[str, np.ndarray], some: Mapping[str, np.ndarray], known: np.ndarray, wanted: np.ndarray
) -> np.ndarray:
    """Which of the examples are in training, compared number by number with the first of the same mark."""
    order = np.argsort(known, kind="stable")
    at = order[np.searchsorted(known[order], wanted).clip(max=len(order) - 1)]
    same = known[at] == wanted
    for name, values in some.items():
        same &= (values == train[name][at]).reshape(len(values), -1).all(axis=1)
    return same


def _found(case: Case, share: float, limit: float, rows: np.ndarray) -> Found:
    at = case.training.validation_split
    return Found(
        why="The validation data is the training data: it cannot show overfitting."
        if share == 1
        else f"{share:.0%} of the validation examples are training examples as well.",
        fix="x, x_test, y, y_test = sklearn.model_selection.train_test_split(x, y, test_size=0.2)"
        + ("\n# after duplicates are gone: np.unique(x, axis=0)" if at else ""),
        severity="error" if share == 1 else "warning",
        measured=share,
        threshold=limit,
        measured_in="share of validation examples that are in training",
        examples=tuple(int(i) for i in rows),
    )


CHECK = Check(
    judge=judge,
    cause="split",
    severity="warning",
    source="Kaufman et al. 2012, Leakage in data mining; Kapoor and Narayanan 2023, Leakage and the reproducibility "
    "crisis",
    rank=20,
)
