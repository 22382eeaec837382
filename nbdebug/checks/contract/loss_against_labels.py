"""A loss of the user's own that is lowest for small predictions where labels are large, or never looks at labels."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.stats import spearmanr

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, End

_EXAMPLES, _GRID = 24, 13


def judge(case: Case, *, turned: float = -0.5, fewest: int = 8, same: float = 1e-6) -> Iterator[Found]:
    """One unit for numbers, of which `fewest` differ: the losses of 24 examples for each of 13 predictions, which reach
    a spread beyond the labels. A loss may want the logarithm of the label, or another number that grows with it; where
    the best prediction falls as the label grows, with a rank correlation below `turned`, a sign is wrong. Where the
    losses of all examples are the same to a share of `same`, the labels are not in it, which may be meant: a warning.
    """
    for end in case.ends:
        if end.loss is None or end.loss.kind != "other" or end.loss_at is None or not _one_number(case, end):
            continue
        labels = case.targets[end.name][:_EXAMPLES].reshape(-1).astype(np.float64)
        if len(np.unique(labels)) < fewest:
            continue
        grid = np.linspace(labels.min() - labels.std(), labels.max() + labels.std(), _GRID)
        losses = _losses(end, grid, len(labels))
        if losses is None or not np.ptp(losses):
            continue
        best = grid[losses.argmin(axis=0)]
        if np.ptp(losses, axis=1).max() <= same * np.ptp(losses):
            yield _blind(end)
        elif np.ptp(best) > 0 and (found := float(spearmanr(best, labels)[0])) < turned:
            yield _turned(end, found, turned)


def _one_number(case: Case, end: End) -> bool:
    known = end.labels.kind in ("numbers", "shares") and not end.labels.missing
    return known and end.units == 1 and case.targets[end.name][: len(end.values)].size == end.values.size > 0


def _losses(end: End, grid: np.ndarray, n: int) -> np.ndarray | None:
    """(prediction, example), None where one of them is not known."""
    assert end.loss_at is not None
    shape = (n, *end.values.shape[1:])
    if np.prod(shape) != n:
        return None
    found = [end.loss_at(np.full(shape, value, np.float32)) for value in grid]
    rows = [None if one is None else np.asarray(one, np.float64).reshape(-1) for one in found]
    if any(row is None or row.shape != (n,) or not np.isfinite(row).all() for row in rows):
        return None
    return np.stack([row for row in rows if row is not None])


def _turned(end: End, found: float, limit: float) -> Found:
    return Found(
        why=f"The loss {end.loss.name if end.loss else ''} of output {end.name} is lowest for small predictions where "
        "labels are large, and for large ones where they are small: a sign is the wrong way round.",
        fix='model.compile(..., loss="mse")  # or the difference y_true - y_pred, not a sum, in your own loss',
        output=end.name,
        layer=end.node,
        measured=found,
        threshold=limit,
        measured_in="rank correlation of labels and the predictions that cost least",
    )


def _blind(end: End) -> Found:
    return Found(
        why=f"The loss {end.loss.name if end.loss else ''} of output {end.name} is the same whatever the label: what "
        "is to be learned never comes into it.",
        fix="# use y_true in the loss, or hand over no labels at all",
        severity="warning",
        output=end.name,
        layer=end.node,
    )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 5.2: what is minimised has to be lowest where predictions are right",
    rank=15,
    explains=("initialisation", "dynamics"),
)
