"""What a model head predicts, judged from its shape, last activation, loss, labels and a few of its predictions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nbdebug.records.head import Head
from nbdebug.records.ports import OutputKind


class Layout(NamedTuple):
    """How a head's values are laid out behind the example axis.

    Args:
        positions: sizes of the axes between example and column: () or (time,) or an image's.
        columns: how many columns; 1 where the head has no column axis.
        has_column_axis: whether the last axis counts columns.
    """

    positions: tuple[int, ...]
    columns: int
    has_column_axis: bool


class Reading(NamedTuple):
    """How the values of a head are to be read.

    Args:
        kind: what it predicts.
        columns_are_classes: the columns are the classes of one output rather than one output each.
        logits: the values are logits, to be squashed before they are shares.
    """

    kind: OutputKind
    columns_are_classes: bool
    logits: bool


def layout(head: Head) -> Layout:
    """The layout of one head."""
    if not head.shape or head.time_axis == len(head.shape):
        return Layout(tuple(head.shape), 1, False)
    return Layout(tuple(head.shape[:-1]), head.shape[-1], True)


def with_columns(values: np.ndarray, head: Head) -> np.ndarray:
    """Predictions of a head as (example, *positions, column), a view."""
    return values if layout(head).has_column_axis else values[..., np.newaxis]


def read_head(head: Head, y: np.ndarray | None, from_logits: bool, sample: np.ndarray | None) -> Reading:
    """How to read one head.

    A softmax, or a categorical cross-entropy, has classes for columns: more than two are multi-class, two are binary
    with column 1 as the score. A sigmoid, or a binary cross-entropy, is binary, unless its labels are shares between 0
    and 1. A head of another activation without such a loss (a mean of sigmoids over time, a custom loss) is read by its
    labels and by whether its predictions are shares; where neither speaks for classes it is a regression.

    Args:
        head: the head.
        y: its labels as handed over, NaN where missing; None without labels.
        from_logits: whether the compiled loss squashes the values itself.
        sample: a few predictions, (example, ...), for heads whose activation says nothing.
    """
    loss, columns = (head.loss or "").lower(), layout(head).columns
    categorical = "categorical" in loss and "crossentropy" in loss
    if head.activation == "softmax" or categorical:
        return _classes(columns, from_logits and head.activation != "softmax")
    if "binary" in loss and "crossentropy" in loss:
        return _single("regression" if _is_share(y) else "binary", from_logits and head.activation != "sigmoid")
    if head.activation == "sigmoid":
        regression = _is_share(y) or (head.loss is not None and y is not None and not _is_zero_or_one(y))
        return _single("regression" if regression else "binary")
    if columns > 1 and _are_class_numbers(head, y):
        return _classes(columns, from_logits or not _sums_to_one(sample))
    if columns > 1 and _sums_to_one(sample) and (y is None or _sums_to_one(y)):
        return _classes(columns)
    shares = sample is not None and bool(np.all((sample >= 0) & (sample <= 1)))
    return _single("binary" if shares and y is not None and _is_zero_or_one(y) else "regression")


def needs_sample(head: Head) -> bool:
    """Whether a few predictions are needed to read this head."""
    return head.activation not in ("sigmoid", "softmax") and "crossentropy" not in (head.loss or "").lower()


def _classes(columns: int, logits: bool = False) -> Reading:
    return Reading("multiclass" if columns > 2 else "binary", columns > 1, logits)


def _single(kind: OutputKind, logits: bool = False) -> Reading:
    return Reading(kind, False, logits and kind == "binary")


def _is_zero_or_one(y: np.ndarray) -> bool:
    return bool(np.all((y == 0) | (y == 1) | np.isnan(y)))


def _is_share(y: np.ndarray | None) -> bool:
    if y is None or y.dtype.kind != "f" or _is_zero_or_one(y):
        return False
    return bool(np.nanmin(y) >= 0 and np.nanmax(y) <= 1)


def one_for_all_columns(head: Head, y: np.ndarray) -> bool:
    """Whether there is one label where the head has several columns."""
    where = layout(head)
    return where.columns > 1 and y.shape[1:] in (where.positions, (*where.positions, 1))


def _are_class_numbers(head: Head, y: np.ndarray | None) -> bool:
    if y is None or not one_for_all_columns(head, y):
        return False
    known = y[~np.isnan(y)] if y.dtype.kind == "f" else y
    # One number off is meant for a class too, and is told where labels are fitted.
    return bool(np.all((known >= -1) & (known <= layout(head).columns) & (known == np.floor(known))))


def _sums_to_one(values: np.ndarray | None) -> bool:
    if values is None or values.shape[-1] < 2:
        return False
    rows = values.reshape(-1, values.shape[-1])
    rows = rows[~np.isnan(rows).any(axis=1)]
    return len(rows) > 0 and bool(np.all(rows >= 0) and np.allclose(rows.sum(axis=1), 1, atol=1e-3))
