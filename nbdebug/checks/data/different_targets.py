"""Validation labels on another scale than training labels: one of the two was scaled, the other not."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._rows import classifies
from nbdebug.records.case import Case


def judge(case: Case, *, factor: float = 10.0, values: int = 16) -> Iterator[Found]:
    """Numbers whose spread is `factor` times larger or smaller, or whose mean lies `factor` spreads away, in a column
    of the validation labels, with at least `values` of each. Drift moves labels by a few spreads.
    """
    if case.validation is None:
        raise Unfit("there is no validation data")
    for end in case.ends:
        one, other = _rows(case.targets.get(end.name)), _rows(case.validation[1].get(end.name))
        if one is None or other is None or end.labels.kind not in ("numbers", "shares") or classifies(end):
            continue
        if one.shape[1] != other.shape[1] or min(len(one), len(other)) < values:
            continue
        spread, held = one.std(axis=0), other.std(axis=0)
        known = (spread > 0) & (held > 0)
        if not known.any():
            continue
        ratio = (held[known] / spread[known]).tolist()
        away = (np.abs(other.mean(axis=0) - one.mean(axis=0))[known] / spread[known]).tolist()
        if max(max(ratio), 1 / min(ratio), max(away)) < factor:
            continue
        yield Found(
            why=f"The validation labels of {end.name} vary {_times(max(ratio, key=_size))} as much as the training "
            f"labels and lie {max(away):,.1f} spreads away: one of the two was scaled, the other not.",
            fix="y_validation = (y_validation - y_train.mean(0)) / y_train.std(0)  # as y_train was scaled",
            output=end.name,
            measured=max(ratio, key=_size),
            threshold=factor,
            measured_in="spread of validation labels over that of training labels",
        )


def _rows(y: np.ndarray | None) -> np.ndarray | None:
    if y is None or y.dtype.kind not in "fiu" or not y.size:
        return None
    rows = y.reshape(-1, y.shape[-1] if y.ndim > 1 else 1).astype(np.float64)
    return rows[np.isfinite(rows).all(axis=1)]


def _size(ratio: float) -> float:
    return max(ratio, 1 / ratio)


def _times(ratio: float) -> str:
    return f"{ratio:,.3g} times" if ratio >= 1 else f"1/{1 / ratio:,.3g}"


CHECK = Check(
    judge=judge,
    cause="target_scaling",
    severity="error",
    source="Sculley et al. 2015, Hidden technical debt (training-serving skew); Breck et al. 2019",
    rank=9,
    program="own_validation_target_unscaled",
)
