"""One feature is the label, or gives it away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.stats import rankdata

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import classes_of, classifies
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case, End

_ROWS, _FEATURES, _FEWEST = 2000, 1000, 50


def judge(case: Case, *, alone: float = 0.999, others: float = 0.95) -> Iterator[Found]:
    """A feature that tells the label, up to `alone` of an AUROC or of a correlation, while no other comes near
    (`others`); at most 2,000 examples of a table. Where one feature rules, that can be the nature of the data (a note);
    where it takes the very values of class labels, the label was left in the table (a warning).
    """
    if len(case.inputs) != 1:
        return
    ((name, values),) = case.inputs.items()
    if values.ndim != 2 or values.dtype.kind not in "fiu" or not 2 <= values.shape[1] <= _FEATURES:
        return
    for end in case.ends:
        y = _labels(case, end)
        if y is None or len(y) != len(values) or len(y) < _FEWEST:
            continue
        x, y = spread(values, _ROWS * values.shape[1]).astype(np.float64), spread(y, _ROWS).astype(np.float64)
        known = np.isfinite(x).all(axis=1) & np.isfinite(y)
        x, y = x[known], y[known]
        if len(y) < _FEWEST or not np.ptp(y):
            continue
        telling = _telling(x, y)
        first, *rest = np.sort(telling)[::-1]
        if first < alone or (rest and rest[0] >= others):
            continue
        column = int(telling.argmax())
        same = bool(np.array_equal(x[:, column], y))
        yield Found(
            why=f"Feature {column} of input {name} {'is' if same else 'gives away'} the label of {end.name}"
            + (
                " itself."
                if same
                else f": alone it tells it with {first:.3f}, the next best with {max(rest, default=0):.2f}."
            ),
            fix=f"x = np.delete(x, {column}, axis=1)  # if it will not be known when the network is used",
            severity="warning" if same and classifies(end) else "note",
            output=end.name,
            measured=float(first),
            threshold=alone,
            measured_in="AUROC or correlation of one feature with the label",
            evidence={"input": name, "feature": column},
        )


def _labels(case: Case, end: End) -> np.ndarray | None:
    if classifies(end):
        classes = classes_of(case, end)
        return classes if classes is not None and len(np.unique(classes[:10_000])) == 2 else None
    y = case.targets.get(end.name)
    numbers = y is not None and y.dtype.kind in "fiu" and y.size == len(y) and end.labels.columns == 1
    return y.reshape(-1) if y is not None and numbers else None


def _telling(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    if len(np.unique(y)) == 2:
        ranks, high = rankdata(x, axis=0), y == y.max()
        n, m = int(high.sum()), int((~high).sum())
        area = (ranks[high].sum(axis=0) - n * (n + 1) / 2) / (n * m)
        return np.maximum(area, 1 - area)
    x, y = x - x.mean(axis=0), y - y.mean()
    norms = np.sqrt((x**2).sum(axis=0) * (y**2).sum())
    return np.abs(x.T @ y) / np.where(norms > 0, norms, np.inf)


CHECK = Check(
    judge=judge,
    cause="data",
    severity="note",
    source="Kaufman et al. 2012, Leakage in data mining; Deepchecks, feature-label correlation",
    rank=50,
)
