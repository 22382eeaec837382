"""The number to be forecast stands in the window that it is forecast from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_ROWS, _PLACES, _FEWEST, _VALUES = 2000, 20_000, 50, 8


def judge(case: Case, *, share: float = 1.0) -> Iterator[Found]:
    """Series (example, time) or (example, time, channel), and one number an example that is, for a `share` of the
    examples, the very value at one time of one channel. A few whole numbers, or one number over and over, do not count.
    """
    for end in case.ends:
        y = case.targets.get(end.name)
        if y is None or y.size != len(y) or end.labels.kind not in ("numbers", "shares") or len(y) < _FEWEST:
            continue
        labels = spread(y.reshape(-1), _ROWS)
        if len(np.unique(labels)) < _VALUES:
            continue
        for name, values in case.inputs.items():
            place = _place(values, labels.astype(np.float64), share) if len(values) == len(y) else None
            if place is None:
                continue
            at = f"time {place[0]}" + (f", channel {place[1]}" if len(place) > 1 else "")
            yield Found(
                why=f"What {end.name} is to forecast is in input {name} already: each label is the value at {at} of "
                f"its own window of {values.shape[1]}.",
                fix="# the label of a window is a value behind it\n"
                f"x, y = windows, series[{values.shape[1]}:]  # window i ends before series[i + {values.shape[1]}]",
                output=end.name,
                measured=1.0,
                threshold=share,
                measured_in="share of the labels that stand in their window",
                evidence={"input": name, "time": int(place[0])},
            )
            break


def _place(values: np.ndarray, labels: np.ndarray, share: float) -> tuple[int, ...] | None:
    if values.ndim not in (2, 3) or values.dtype.kind not in "fiu" or values.shape[1] < 2:
        return None
    if values[0].size > _PLACES or (values.ndim == 2 and not _is_series(values)):
        return None
    some = spread(values, _ROWS * values[0].size)
    if len(some) != len(labels):
        return None
    same = np.isclose(some, labels.reshape(-1, *[1] * (values.ndim - 1)), rtol=1e-6, atol=0).mean(axis=0) >= share
    found = np.argwhere(same)
    return tuple(int(index) for index in found[0]) if len(found) else None


def _is_series(values: np.ndarray) -> bool:
    """Whether each row is the one before it, moved on by one: windows over a series, not a table."""
    some = values[: min(len(values), 200)]
    return bool(len(some) > 1 and values.dtype.kind == "f" and np.array_equal(some[1:, :-1], some[:-1, 1:]))


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="warning",
    source="Kaufman et al. 2012, Leakage in data mining; Keras documentation of timeseries_dataset_from_array, targets",
    rank=12,
    explains=("dynamics",),
    program="own_target_in_window",
)
