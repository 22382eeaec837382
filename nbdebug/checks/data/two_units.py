"""One column in two units: every other example, or the second half of them, is measured otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.stats import ks_2samp

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._tables import columns_of
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_MOST, _COLUMNS, _DISTINCT = 2000, 100, 20
_PAIRS = 50_000


def judge(
    case: Case, *, times: float = 1.5, halves: float = 5.0, sure: float = 1e-6, alike: float = 0.01, examples: int = 100
) -> Iterator[Found]:
    """Tables of at least `examples` examples in two parts: those at even and odd places, then the first and the second
    half, as two sources that were merged leave them. A column is `times` as wide in one part as in the other (`halves`
    in halves, for what comes in an order, easy examples first, has other widths as well) and
    distributed differently (`sure`, a p-value of the Kolmogorov-Smirnov test), yet after each part is standardised by
    itself it is not, and neither are the labels (p above `alike`): the same quantity on another scale. What drifts or
    is sorted changes the labels, or is as wide as before.
    """
    for name, values in case.inputs.items():
        if values.ndim != 2 or values.dtype.kind not in "fiu" or values.shape[1] > _COLUMNS:
            continue
        if len(values) < examples or not np.isfinite(values).all():
            continue
        for end in case.ends:
            labels = columns_of(case.targets.get(end.name), end, len(values))
            if labels is not None and len(labels) == len(values) and np.isfinite(labels).all():
                some = _in_pairs(len(values))
                rows, known = values[some].astype(np.float64), labels[some]
                yield from _of_parts(name, rows, known, (times, halves, sure, alike))


def _in_pairs(n: int) -> np.ndarray:
    """Places of examples, evenly spread; what was at an even place still is, and what was in the first half."""
    pairs = np.linspace(0, n // 2 - 1, min(n // 2, _PAIRS)).astype(np.intp)
    return (2 * pairs[:, None] + np.arange(2)).ravel()


def _of_parts(
    name: str, rows: np.ndarray, labels: np.ndarray, limits: tuple[float, float, float, float]
) -> Iterator[Found]:
    every_other, halves, sure, alike = limits
    at = np.arange(len(rows))
    for told, part, times in (
        ("every other example", at % 2 == 0, every_other),
        ("the second half of the examples", at >= len(at) // 2, halves),
    ):
        if min(_p(labels[part, i], labels[~part, i]) for i in range(labels.shape[1])) < alike:
            continue
        for column in range(rows.shape[1]):
            one, other = rows[part, column], rows[~part, column]
            narrow, wide = sorted((float(one.std()), float(other.std())))
            if not 0 < times * narrow <= wide or len(np.unique(spread(one, _MOST))) < _DISTINCT:
                continue
            if _p(one, other) < sure and _p(_standard(one), _standard(other)) > alike:
                yield Found(
                    why=f"Column {column} of input {name} has another scale in {told}: its width differs by a factor "
                    f"of {wide / narrow:.2g}, its shape does not. Two sources in different units seem to be merged.",
                    fix="# bring both parts to one unit before they are merged, then scale them together",
                    measured=wide / narrow,
                    threshold=times,
                    measured_in="width of the column in one part over that in the other",
                    evidence={"input": name, "column": column, "part": told},
                )


def _p(one: np.ndarray, other: np.ndarray) -> float:
    return float(ks_2samp(spread(one, _MOST), spread(other, _MOST), method="asymp").pvalue)


def _standard(values: np.ndarray) -> np.ndarray:
    return np.asarray((values - values.mean()) / values.std())


CHECK = Check(
    judge=judge,
    cause="data",
    severity="warning",
    source="Smirnov 1948; Breck et al. 2019, Data validation for machine learning",
    rank=27,
    program="own_half_in_fahrenheit",
)
