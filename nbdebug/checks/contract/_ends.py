"""Heads whose loss and labels are known, and what their labels are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nbdebug.checks.check import Unfit
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case, End, Labels, Loss, LossKind
from nbdebug.records.finding import Cause

CROSS_ENTROPIES: tuple[LossKind, ...] = ("binary", "categorical", "sparse")
_LOOKED_AT = 500_000
_SAME = 100
_PIXELS = (64, 255)


class Judged(NamedTuple):
    """A head with its loss."""

    end: End
    loss: Loss


def judged(case: Case, *kinds: LossKind) -> list[Judged]:
    """The heads whose loss is one of Keras' own and whose labels are known numbers.

    Args:
        kinds: only heads with a loss of these kinds, none for all.

    Raises:
        Unfit: there is no head that can be judged.
    """
    known = [(end, why(end)) for end in case.ends]
    if all(reason for _, reason in known):
        raise Unfit(known[0][1] if known else "the model has no output")
    found = [Judged(end, end.loss) for end, reason in known if not reason and end.loss is not None]
    return [pair for pair in found if not kinds or pair.loss.kind in kinds]


def why(end: End) -> str:
    """Why a head cannot be judged, "" where it can."""
    if end.loss is None:
        return f"output {end.name} is not compiled with a loss"
    if end.loss.kind == "other":
        return f"what the loss {end.loss.name} of output {end.name} asks of labels is not known"
    if end.labels.kind == "none":
        return f"there are no labels for output {end.name}"
    return f"the labels of output {end.name} are text" if end.labels.kind == "text" else ""


def values_of(case: Case, end: End) -> np.ndarray:
    """At most 500,000 labels that are not missing, spread evenly over the examples; flat."""
    values = spread(case.targets[end.name], _LOOKED_AT).astype(np.float64).reshape(-1)
    return values[np.isfinite(values)]


def rows_of(case: Case, end: End) -> np.ndarray:
    """The same as rows of columns, without rows in which a label is missing."""
    rows = spread(case.targets[end.name], _LOOKED_AT).astype(np.float64).reshape(-1, end.labels.columns)
    return rows[np.isfinite(rows).all(axis=1)]


def examples_where(case: Case, end: End, low: float, high: float, limit: int = 10) -> tuple[int, ...]:
    """The first examples with a label below `low` or above `high`."""
    values = case.targets[end.name][: _LOOKED_AT // max(1, int(np.prod(end.labels.shape[1:])))].astype(np.float64)
    outside = ((values < low) | (values > high)).reshape(len(values), -1).any(axis=1)
    return tuple(int(i) for i in np.flatnonzero(outside)[:limit])


def copies_input(case: Case, end: End) -> bool:
    """Whether the labels are one of the inputs again: an autoencoder."""
    y = case.targets[end.name]
    return any(
        x.shape == y.shape and np.array_equal(x[:_SAME].astype(np.float64), y[:_SAME].astype(np.float64))
        for x in case.inputs.values()
        if x.dtype.kind in "fiub"
    )


def pictures(labels: Labels) -> bool:
    """Whether labels look like the pixels of pictures, 0 to 255."""
    return len(labels.shape) > 2 and labels.minimum >= 0 and _PIXELS[0] < labels.maximum <= _PIXELS[1]


def class_numbers(labels: Labels) -> bool:
    """Whether one column of labels can be class numbers."""
    return labels.columns == 1 and labels.whole and labels.minimum >= 0 and labels.kind != "plus_minus"


def many_classes(labels: Labels) -> bool:
    """Whether one column of labels certainly is the numbers of three classes or more."""
    return labels.kind == "classes" and labels.distinct > 2 and not pictures(labels)


def below_zero(labels: Labels, few: int = 10, repeats: int = 10) -> bool:
    """Whether labels look like classes numbered from below zero, such as -1, 0 and 1 for a mood."""
    n = labels.shape[0] if labels.shape else 0
    few_whole = labels.columns == 1 and labels.whole and 2 < labels.distinct <= few and labels.minimum < 0
    return few_whole and labels.maximum - labels.minimum + 1 == labels.distinct and n >= repeats * labels.distinct


def two_others(labels: Labels) -> bool:
    """Whether labels are two whole numbers of which one is neither 0 nor 1, such as 1 and 2."""
    return labels.distinct == 2 and labels.whole and labels.kind in ("classes", "numbers")


def wants_classes(end: End) -> bool:
    """Whether a compiled metric counts hits, as only classes have them."""
    return any("acc" in name.lower() for name in end.metrics)


def scaling(case: Case, end: End) -> tuple[str, Cause | None]:
    """The mend of a sigmoid over pictures whose pixels were not scaled, and its cause; "" where it is none."""
    labels = end.labels
    if end.activation != "sigmoid" or labels.minimum < 0 or labels.maximum > _PIXELS[1]:
        return "", None
    if copies_input(case, end):
        return f"x = x / {labels.maximum:g}  # inputs and labels", "input_scaling"
    return (f"y = y / {labels.maximum:g}", "target_scaling") if pictures(labels) else ("", None)
