"""How much of the labels a linear function of the features explains."""

from __future__ import annotations

import numpy as np

from nbdebug.measure.spread import spread
from nbdebug.records.case import Case, End

_ROWS, _FEATURES = 2000, 200


def share_of_plane(case: Case, end: End) -> float:
    """Which share of the variance of the labels a plane over the features explains; 0 where that is not asked."""
    if end.loss is None or end.loss.kind != "regression" or end.name not in case.targets or len(case.inputs) != 1:
        return 0.0
    (x,), y = case.inputs.values(), case.targets[end.name]
    if x.dtype.kind not in "fiu" or y.dtype.kind not in "fiu" or x[0].size > _FEATURES:
        return 0.0
    x, y = (spread(v, _ROWS * v[0].size).reshape(-1, v[0].size).astype(np.float64) for v in (x, y))
    rows = np.isfinite(x).all(axis=1) & np.isfinite(y).all(axis=1)
    x, y = x[rows] - x[rows].mean(axis=0), y[rows] - y[rows].mean(axis=0)
    if len(x) < 2 * x.shape[1] or not y.any():
        return 0.0
    rest = y - x @ np.linalg.lstsq(x, y, rcond=None)[0]
    return float(1 - (rest**2).sum() / (y**2).sum())
