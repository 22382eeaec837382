"""The classes of one part of the labels are numbered in another way than those of another part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import classifies
from nbdebug.checks.data._tables import class_numbers, places, rows_of
from nbdebug.measure.learners import transfer
from nbdebug.records.case import Case, End

_MOST = 1000


class _Part(NamedTuple):
    told: str
    inputs: Mapping[str, np.ndarray]
    labels: np.ndarray | None


def judge(
    case: Case, *, known: float = 0.6, gain: float = 0.2, kept: float = 0.8, examples: int = 50
) -> Iterator[Found]:
    """A forest of one part is right about at least `known` of its examples that it has not seen. Of another part it is
    right about as many (a share of `kept` of that) only after its classes are renumbered, and that makes at least
    `gain` of them right; with `examples` or more that is three standard errors. What drifts is not put right by other
    numbers. Held against each other are training and validation examples, and the first and the last third of the
    training examples, as files put one behind the other are.
    """
    for end in case.ends:
        for first, other in _pairs(case, end) if classifies(end) else ():
            if first.labels is None or other.labels is None or min(len(first.labels), len(other.labels)) < examples:
                continue
            found = _compared(first, other)
            if found is None or found.held_out < known or found.mended < kept * found.held_out:
                continue
            if found.mended - found.right >= gain:
                yield _found(end, first.told, other.told, found)


class _Compared(NamedTuple):
    held_out: float
    right: float
    mended: float
    order: Mapping[float, float]


def _pairs(case: Case, end: End) -> Iterator[tuple[_Part, _Part]]:
    y = case.targets.get(end.name)
    labels = class_numbers(y, end)
    given = case.validation[1].get(end.name) if case.validation is not None else None
    if case.validation is not None and given is not None and y is not None and given.shape[1:] == y.shape[1:]:
        validated = class_numbers(given, end) if given.dtype.kind in "fiub" else None
        yield _Part("training", case.inputs, labels), _Part("validation", case.validation[0], validated)
    if labels is None:
        return
    third = len(labels) // 3
    first, last = labels[:third], labels[len(labels) - third :]
    if third and np.isin(last, first).all():
        ends = [
            {name: values[at] for name, values in case.inputs.items()} for at in (slice(third), slice(-third, None))
        ]
        yield _Part("first", ends[0], first), _Part("last", ends[1], last)


def _compared(first: _Part, other: _Part) -> _Compared | None:
    """None where the parts are no numbers of one width, or there is one class only."""
    assert first.labels is not None
    assert other.labels is not None
    x, later = rows_of(first.inputs, _MOST), rows_of(other.inputs, _MOST)
    y, given = first.labels[places(len(first.labels), _MOST)], other.labels[places(len(other.labels), _MOST)]
    if x is None or later is None or x.shape[1] != later.shape[1] or len(np.unique(y)) < 2:
        return None
    if len(x) != len(y) or len(later) != len(given):
        return None
    held_out, predicted = transfer(x, y, later)
    order = _renumbered(predicted, given)
    mended = float(np.mean([order.get(p) == g for p, g in zip(predicted, given, strict=True)]))
    return _Compared(held_out, float((predicted == given).mean()), mended, order)


def _found(end: End, told: str, other: str, found: _Compared) -> Found:
    moved = {int(p): int(g) for p, g in found.order.items() if p != g}
    called = ", ".join(f"{p} is called {g}" for p, g in list(moved.items())[:3])
    return Found(
        why=f"Classes of {end.name} are numbered differently in the {other} labels than in the {told} ones: a forest "
        f"that is right about {found.held_out:.0%} of {told} examples it has not seen is right about {found.right:.0%} "
        f"of the {other} examples as they are, and about {found.mended:.0%} if {called}.",
        fix="encoder = sklearn.preprocessing.LabelEncoder().fit(names)  # once, for all files and parts\n"
        "y_train, y_validation = encoder.transform(names_train), encoder.transform(names_validation)",
        output=end.name,
        measured=found.right,
        threshold=found.mended,
        measured_in=f"share of {other} examples that a forest of the {told} ones is right about",
        evidence={"renumbered": {str(p): g for p, g in moved.items()}},
    )


def _renumbered(predicted: np.ndarray, given: np.ndarray) -> dict[float, float]:
    """For each predicted class the label that it most often stands for, each label once."""
    rows, columns = np.unique(predicted), np.unique(given)
    counts = np.array([[np.sum((predicted == p) & (given == g)) for g in columns] for p in rows])
    at, to = linear_sum_assignment(-counts)
    return {float(rows[i]): float(columns[j]) for i, j in zip(at, to, strict=True) if counts[i, j]}


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="error",
    source="Sculley et al. 2015, Hidden technical debt (training-serving skew); Kuhn 1955, The Hungarian method",
    rank=7,
    explains=("no_signal", "conflicting_labels"),
    slow=True,
    program="own_encoders_fitted_apart",
)
