"""Absolute error for labels of which most are one and the same value: always saying that value is best."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._tables import places, rows_of
from nbdebug.measure.learners import shares
from nbdebug.records.case import Case, End

_MOST = 1500


def judge(case: Case, *, half: float = 0.5, told: float = 0.05, examples: int = 100) -> Iterator[Found]:
    """The absolute error is lowest at the median. More than `half` of the labels are one value, and a forest finds
    fewer than `told` of the examples (of at least `examples`) that are more likely not to have it, so that the median
    given the inputs is that value nearly everywhere.
    """
    for end in case.ends:
        y = _labels(case, end)
        if y is None or len(y) < examples:
            continue
        values, counts = np.unique(y, return_counts=True)
        value, share = float(values[counts.argmax()]), float(counts.max() / len(y))
        x = rows_of(case.inputs, _MOST) if half < share < 1 else None
        if x is None:
            continue
        other = y[places(len(y), _MOST)] != value
        if len(x) != len(other) or len(np.unique(other)) < 2:
            continue
        away = float((shares(x, other) > half).mean())
        if away < told:
            yield Found(
                why=f"{share:.0%} of the labels of {end.name} are {value:g}, whatever the inputs, and the absolute "
                f"error is lowest at the median: a network that always says {value:g} cannot do better.",
                fix='model.compile(..., loss="mse")  # which is lowest at the mean',
                output=end.name,
                measured=share,
                threshold=half,
                measured_in="share of the labels that are one value",
            )


def _labels(case: Case, end: End) -> np.ndarray | None:
    y = case.targets.get(end.name)
    absolute = end.loss is not None and end.loss.name == "mean_absolute_error"
    if y is None or not absolute or end.labels.missing or y.size != len(y) or y.dtype.kind not in "fiu":
        return None
    return y.reshape(-1) if end.labels.distinct > 2 else None


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="warning",
    source="Hastie et al. 2009, The elements of statistical learning, 2.4: absolute loss is lowest at the median",
    rank=25,
    explains=("dynamics",),
    slow=True,
    program="own_median_is_zero",
)
