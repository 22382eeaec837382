"""The loss of the first examples before any step, by numpy alone."""

from __future__ import annotations

import numpy as np

from nbdebug.records.case import Case, End

_SMALLEST = 1e-7


def first_loss(case: Case, end: End) -> float | None:
    """The mean loss of the predictions of `end`, None where it is not known how to take it."""
    y = case.targets.get(end.name)
    if y is None or end.loss is None or y.dtype.kind not in "fiub" or not np.isfinite(end.values).all():
        return None
    labels, values = y[: len(end.values)].astype(np.float64), end.values.astype(np.float64)
    if labels.ndim == values.ndim - 1 and values.shape[-1] == 1:
        labels = labels[..., None]
    losses = _losses(end, labels, values)
    return float(losses.mean()) if losses is not None and losses.size and np.isfinite(losses).all() else None


def guessing(end: End) -> float | None:
    """The cross-entropy of saying the same of every class, None for losses that are none."""
    if end.loss is None:
        return None
    return {
        "binary": float(np.log(2)),
        "sparse": float(np.log(end.units)),
        "categorical": float(np.log(end.units)),
    }.get(end.loss.kind)


def _losses(end: End, labels: np.ndarray, values: np.ndarray) -> np.ndarray | None:
    kind, name = (end.loss.kind, end.loss.name) if end.loss is not None else ("other", "")
    if kind == "regression" and labels.shape == values.shape:
        return {"mean_squared_error": (labels - values) ** 2, "mean_absolute_error": np.abs(labels - values)}.get(name)
    if kind == "binary" and labels.shape == values.shape and labels.min() >= 0 and labels.max() <= 1:
        shares = _shares(end, values, "sigmoid")
        return None if shares is None else -(labels * np.log(shares) + (1 - labels) * np.log(1 - shares))
    if kind in ("sparse", "categorical"):
        shares = _shares(end, values, "softmax")
        rows = _rows(labels, values, kind == "sparse")
        return None if shares is None or rows is None else -(rows * np.log(shares)).sum(axis=-1)
    return None


def _shares(end: End, values: np.ndarray, activation: str) -> np.ndarray | None:
    if end.loss is not None and end.loss.from_logits:
        if activation == "sigmoid":
            values = np.exp(-np.logaddexp(0, -values))
        else:
            values = np.exp(values - values.max(axis=-1, keepdims=True))
            values = values / values.sum(axis=-1, keepdims=True)
    elif end.activation != activation or not end.certain:
        return None
    return np.clip(values, _SMALLEST, 1 - _SMALLEST)


def _rows(labels: np.ndarray, values: np.ndarray, numbered: bool) -> np.ndarray | None:
    if not numbered:
        return labels if labels.shape == values.shape and labels.min() >= 0 else None
    if labels.ndim == values.ndim and labels.shape[-1] == 1:
        labels = labels[..., 0]
    whole = labels.shape == values.shape[:-1] and np.all(labels == np.floor(labels))
    if not whole or labels.min() < 0 or labels.max() >= values.shape[-1]:
        return None
    return np.eye(values.shape[-1])[labels.astype(int)]
