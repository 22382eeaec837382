"""The loss of a network that says the same of every example."""

from __future__ import annotations

import numpy as np

from nbdebug.records.case import Case, End

_MOST = 100_000


def constant_loss(case: Case) -> float | None:
    """The lowest that one prediction for all examples can come to, over all heads; None where a loss is not known."""
    losses = [_of_end(case, end) for end in case.ends if end.loss is not None]
    known = [loss for loss in losses if loss is not None]
    return float(sum(known)) if known and len(known) == len(losses) else None


def _of_end(case: Case, end: End) -> float | None:
    y = case.targets.get(end.name)
    if y is None or end.loss is None or y.dtype.kind not in "fiub" or not y.size:
        return None
    labels = np.asarray(y[:_MOST], np.float64)
    labels = labels if labels.ndim > 1 else labels[:, None]
    found = _lowest(end, labels) if np.isfinite(labels).all() else None
    return None if found is None else end.loss.weight * found


def _lowest(end: End, labels: np.ndarray) -> float | None:
    assert end.loss is not None
    kind, name = end.loss.kind, end.loss.name
    if kind == "regression":
        return {
            "mean_squared_error": float(labels.var(axis=0).mean()),
            "mean_absolute_error": float(np.abs(labels - np.median(labels, axis=0)).mean()),
        }.get(name)
    if kind == "sparse":
        shares = np.unique(labels, return_counts=True)[1] / labels.size
        return float(_entropy(shares).sum())
    if labels.min() < 0 or labels.max() > 1:
        return None
    if kind == "categorical" and labels.shape[-1] > 1:
        return float(_entropy(labels.reshape(-1, labels.shape[-1]).mean(axis=0)).sum())
    if kind == "binary" and name == "binary_crossentropy":
        shares = labels.mean(axis=0)
        return float((_entropy(shares) + _entropy(1 - shares)).mean())
    return None


def _entropy(shares: np.ndarray) -> np.ndarray:
    return -shares * np.log(np.maximum(shares, 1e-300))
