"""What labels are, judged from their values alone."""

from __future__ import annotations

import numpy as np

from nbdebug.records.case import LabelKind, Labels

_LOOKED_AT = 100_000
_GAPS = 1.5
"""Class numbers leave few gaps: 3 classes numbered 0, 1, 2; a number that goes up to 800 in 30 values is a quantity."""


def describe_labels(y: np.ndarray | None, head_rank: int) -> Labels:
    """Facts about the labels of one head.

    Args:
        y: (example, ...) as handed over, None without labels; NaN is missing.
        head_rank: number of axes of the head's predictions, with the example axis: labels of that many axes have
            columns last.
    """
    if y is None:
        return Labels("none")
    shape = tuple(y.shape)
    if y.dtype.kind in "USO" and not _are_numbers(y):
        texts = len(np.unique(y[:_LOOKED_AT].astype(str)))
        return Labels("text", shape, n_classes=texts, distinct=texts)
    values = np.asarray(y[:_LOOKED_AT], np.float64)
    columns = shape[-1] if len(shape) >= max(2, head_rank) else 1
    known = values[np.isfinite(values)]
    if not known.size:
        return Labels("none", shape, columns, missing=1.0)
    different = np.unique(known)
    whole = bool(np.all(known == np.round(known)))
    kind, n_classes = _single(different, whole) if columns == 1 else _several(values.reshape(-1, columns), different)
    return Labels(
        kind,
        shape,
        columns,
        n_classes,
        float(known.min()),
        float(known.max()),
        float(known.mean()),
        float(known.std()),
        len(different),
        whole,
        float(np.isnan(values).mean()),
    )


def _are_numbers(y: np.ndarray) -> bool:
    try:
        y[:_LOOKED_AT].astype(np.float64)
    except (ValueError, TypeError):
        return False
    return y.dtype.kind == "O"


def _single(distinct: np.ndarray, whole: bool) -> tuple[LabelKind, int | None]:
    if np.isin(distinct, (0, 1)).all():
        return "binary", 2
    if np.isin(distinct, (-1, 1)).all():
        return "plus_minus", 2
    if whole and distinct[0] >= 0 and distinct[-1] + 1 <= _GAPS * len(distinct) + 1:
        return "classes", int(distinct[-1]) + 1
    return ("shares" if distinct[0] >= 0 and distinct[-1] <= 1 else "numbers"), None


def _several(rows: np.ndarray, distinct: np.ndarray) -> tuple[LabelKind, int | None]:
    rows = rows[np.isfinite(rows).all(axis=1)]
    sums = rows.sum(axis=1)
    if np.isin(distinct, (0, 1)).all():
        exclusive = len(rows) > 0 and bool(np.all(sums == 1))
        return ("one_hot" if exclusive else "multi_hot"), rows.shape[1]
    if distinct[0] < 0 or distinct[-1] > 1:
        return "numbers", None
    sums_to_one = len(rows) > 0 and bool(np.allclose(sums, 1, atol=1e-3))
    return ("distribution" if sums_to_one else "shares"), rows.shape[1] if sums_to_one else None
