"""What labels are, judged from their values alone."""

from __future__ import annotations

import numpy as np

from nbdebug.measure.spread import spread
from nbdebug.records.case import LabelKind, Labels

_LOOKED_AT = 500_000
_EXACT = 50_000_000
_GAPS = 1.5
"""Class numbers leave few gaps: 3 classes numbered 0, 1, 2; a number that goes up to 800 in 30 values is a quantity."""
_REPEATS = 2
"""A class has more than one example: ten whole numbers in ten examples are a quantity."""
_FEW = 20
"""Numbers that start above 1 (quality 3 to 8) are classes only if few; ages from 18 to 90 are a quantity."""


def describe_labels(y: np.ndarray | None, head_rank: int) -> Labels:
    """Facts about the labels of one head.

    Extremes and what is missing are of all labels, the rest is of at most 500,000, spread evenly over the examples.

    Args:
        y: (example, ...) as handed over, None without labels; NaN is missing.
        head_rank: number of axes of the head's predictions, with the example axis: labels of that many axes have
            columns last.
    """
    if y is None:
        return Labels("none")
    shape, some = tuple(y.shape), spread(y, _LOOKED_AT)
    if _is_text(some):
        texts = len(np.unique(some.astype(str)))
        return Labels("text", shape, n_classes=texts, distinct=texts)
    columns = shape[-1] if len(shape) >= max(2, head_rank) else 1
    whole_set = y if y.size <= _EXACT else spread(y, _EXACT)
    try:
        values, whole_set = some.astype(np.float64), _numeric(whole_set)
    except (ValueError, TypeError):
        return Labels("none", shape, columns)
    known = values[np.isfinite(values)]
    if not known.size:
        return Labels("none", shape, columns, missing=1.0)
    low, high, missing = _extremes(whole_set)
    different = np.unique(np.append(known, (low, high)))
    whole = bool(np.all(different == np.round(different)))
    if columns == 1:
        kind, n_classes = _single(different, whole, known.size)
        several = 0.0
    else:
        kind, n_classes, several = _several(values.reshape(-1, columns), different)
    return Labels(
        kind,
        shape,
        columns,
        n_classes,
        low,
        high,
        float(known.mean()),
        float(known.std()),
        len(different),
        whole,
        missing,
        several,
    )


def _is_text(y: np.ndarray) -> bool:
    if y.dtype.kind == "O":
        return any(isinstance(value, str | bytes) for value in y.flat[:1000])
    return y.dtype.kind in "US"


def _numeric(y: np.ndarray) -> np.ndarray:
    return y.astype(np.float64) if y.dtype.kind not in "fiu" else y


def _extremes(y: np.ndarray) -> tuple[float, float, float]:
    """Smallest and largest finite value, and the share that is NaN."""
    if y.dtype.kind != "f":
        return float(y.min()), float(y.max()), 0.0
    low, high = float(y.min()), float(y.max())
    if np.isfinite(low) and np.isfinite(high):
        return low, high, 0.0
    finite = y[np.isfinite(y)]
    return float(finite.min()), float(finite.max()), float(np.isnan(y).mean())


def _single(distinct: np.ndarray, whole: bool, n: int) -> tuple[LabelKind, int | None]:
    if np.isin(distinct, (0, 1)).all():
        return "binary", 2
    if np.isin(distinct, (-1, 1)).all():
        return "plus_minus", 2
    if whole and _numbered(distinct) and len(distinct) * _REPEATS <= n:
        return "classes", int(distinct[-1]) + 1
    return ("shares" if distinct[0] >= 0 and distinct[-1] <= 1 else "numbers"), None


def _numbered(distinct: np.ndarray) -> bool:
    if distinct[0] < 0:
        return False
    if distinct[0] <= 1:
        return bool(distinct[-1] + 1 <= _GAPS * len(distinct) + 1)
    return 2 < len(distinct) <= _FEW and bool(distinct[-1] - distinct[0] + 1 <= _GAPS * len(distinct))


def _several(rows: np.ndarray, distinct: np.ndarray) -> tuple[LabelKind, int | None, float]:
    rows = rows[np.isfinite(rows).all(axis=1)]
    sums = rows.sum(axis=1)
    if np.isin(distinct, (0, 1)).all():
        exclusive = len(rows) > 0 and bool(np.all(sums == 1))
        return ("one_hot" if exclusive else "multi_hot"), rows.shape[1], float((sums > 1).mean()) if len(rows) else 0.0
    if np.isin(distinct, (-1, 1)).all():
        return "plus_minus", None, 0.0
    if distinct[0] < 0 or distinct[-1] > 1:
        return "numbers", None, 0.0
    sums_to_one = len(rows) > 0 and bool(np.allclose(sums, 1, atol=1e-3))
    return ("distribution" if sums_to_one else "shares"), rows.shape[1] if sums_to_one else None, 0.0
