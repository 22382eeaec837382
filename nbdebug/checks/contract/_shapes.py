"""Whether the shape of labels can be held against the shape of a head, by the rules of Keras."""

from __future__ import annotations

from typing import Literal

from nbdebug.records.case import End

Shape = tuple[int | None, ...]
Fit = Literal["fits", "columns", "axes"]


def fit(end: End) -> Fit:
    """How the labels of a head with a known loss fit it.

    Returns:
        "fits"; "columns" where only the number of columns differs from the number of units (labels without columns
        have one); "axes" where time or another axis is missing, is too many or has another size.
    """
    labels: Shape = (None, *end.labels.shape[1:])
    head: Shape = (None, *end.shape)
    if end.loss is not None and end.loss.kind == "sparse":
        return _sparse(labels, head, end)
    if abs(len(labels) - len(head)) == 1:
        return _one_axis_more(labels, head)
    if labels == head:
        return "fits"
    return "columns" if len(labels) == len(head) and labels[:-1] == head[:-1] else "axes"


def without_ones(end: End) -> bool:
    """Whether labels and head would fit, were it not for axes of size 1."""
    return _without(end.labels.shape[1:]) == _without(end.shape)


def _sparse(labels: Shape, head: Shape, end: End) -> Fit:
    if labels in (head[:-1], (*head[:-1], 1)):
        return "fits"
    if len(labels) == len(head) and labels[:-1] == head[:-1]:
        # Class numbers in several columns are one a time.
        return "axes" if end.labels.kind == "numbers" and end.labels.whole and end.labels.minimum >= 0 else "columns"
    return "fits" if head == (None,) and labels in ((None,), (None, 1)) else "axes"


def _one_axis_more(labels: Shape, head: Shape) -> Fit:
    longer, shorter = (labels, head) if len(labels) > len(head) else (head, labels)
    if longer[:-1] == shorter:
        return "fits" if longer[-1] == 1 else "columns"
    return "axes"


def _without(shape: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(size for size in shape if size != 1)
