"""What a model head predicts, judged from its shape, last activation, loss and labels."""

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


def layout(head: Head) -> Layout:
    """The layout of one head."""
    if not head.shape or head.time_axis == len(head.shape):
        return Layout(tuple(head.shape), 1, False)
    return Layout(tuple(head.shape[:-1]), head.shape[-1], True)


def with_columns(values: np.ndarray, head: Head) -> np.ndarray:
    """Predictions of a head as (example, *positions, column), a view."""
    return values if layout(head).has_column_axis else values[..., np.newaxis]


def kind_of(head: Head, labels: np.ndarray | None) -> OutputKind:
    """What the head predicts.

    A softmax over more than two columns is multi-class, over two it is binary (its column 1 is the score). A sigmoid
    is binary unless its labels lie between 0 and 1, which makes it a regression of shares. Where the last activation
    is linear, a cross-entropy loss says that the head gives logits; else it is a regression.
    """
    loss = (head.loss or "").lower()
    if head.activation == "softmax" or ("categorical" in loss and "crossentropy" in loss):
        return "multiclass" if layout(head).columns > 2 else "binary"
    if "binary" in loss:
        return "regression" if _is_share(labels) else "binary"
    if head.activation == "sigmoid":
        regression = labels is not None and head.loss is not None and not _is_zero_or_one(labels)
        return "regression" if regression or _is_share(labels) else "binary"
    return "regression"


def is_one_of_classes(head: Head, kind: OutputKind) -> bool:
    """Whether the head's columns are the classes of one output rather than one output each."""
    softmax = head.activation == "softmax" or "categorical" in (head.loss or "").lower()
    return kind == "multiclass" or (kind == "binary" and softmax and layout(head).columns == 2)


def gives_logits(head: Head, kind: OutputKind) -> bool:
    """Whether the head's values are logits, to be squashed before they are shares."""
    return kind != "regression" and head.activation not in ("sigmoid", "softmax")


def _is_zero_or_one(labels: np.ndarray) -> bool:
    return bool(np.all((labels == 0) | (labels == 1) | np.isnan(labels)))


def _is_share(labels: np.ndarray | None) -> bool:
    if labels is None or labels.dtype.kind != "f" or _is_zero_or_one(labels):
        return False
    return bool(np.nanmin(labels) >= 0 and np.nanmax(labels) <= 1)
