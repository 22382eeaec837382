"""Labels so far from 0, so spread, or so small that the network spends its training on getting there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._copies import trainer_of
from nbdebug.checks.dynamics._trial import trial
from nbdebug.records.case import Case, End
from nbdebug.records.mend import Mend

_LOSSES = ("mean_squared_error", "mean_absolute_error")
_ABSOLUTE = 0.8
"""The mean absolute deviation of what is distributed normally, over its standard deviation."""
_LONGEST = 8
"""Times the usual updates of a copy."""


def judge(case: Case, *, large: float = 10.0, small: float = 0.01, least: float = 0.5) -> Iterator[Found]:
    """Labels with a mean or spread above `large`, or with a spread below `small`, under a squared or absolute error,
    where copies on standardised labels end at least `least` lower, on the user's scale, in every seed. What an
    untrained network puts out is about 1 in size: of labels a hundred times smaller it sees its own noise.
    """
    for end in case.ends:
        size, spread = max(abs(end.labels.mean), end.labels.std), end.labels.std
        if end.loss is None or end.loss.name not in _LOSSES or len(case.ends) > 1:
            continue
        if not (size > large or 0 < spread < small) or _was_learned(case, end):
            continue
        tried = trial(case, Mend(standardise_targets=True), patience=_as_long_as_the_fit(case))
        if tried.helps(least):
            yield Found(
                why=f"{_told(end, large)} Copies on standardised labels learn far more.",
                fix="y = (y - y_train.mean(0)) / y_train.std(0)  # and undo it on predictions",
                output=end.name,
                measured=size if size > large else spread,
                threshold=large if size > large else small,
                measured_in="mean or standard deviation of the labels",
                evidence={"curves": tried.curves()},
            )


def _was_learned(case: Case, end: End, *, left: float = 0.1) -> bool:
    """Whether the fit that was watched left less than `left` of the variance, or the same of an absolute error."""
    losses = case.series.epochs.get("loss") if case.series is not None else None
    if losses is None or not len(losses) or end.loss is None:
        return False
    spread = end.labels.std
    limit = left * spread**2 if end.loss.name == "mean_squared_error" else _ABSOLUTE * left**0.5 * spread
    return bool(losses[-1] < limit)


def _as_long_as_the_fit(case: Case) -> int:
    """A network that gets there within its own training only starts late."""
    updates = case.training.updates
    return _LONGEST if updates is None else int(np.clip(np.ceil(updates / trainer_of(case).steps), 1, _LONGEST))


def _told(end: End, large: float) -> str:
    size = max(abs(end.labels.mean), end.labels.std)
    if size > large:
        return f"Labels of {end.name} are about {size:,.0f}, the untrained network puts out about 0."
    return (
        f"Labels of {end.name} differ by about {end.labels.std:.1g}, what an untrained network puts out by about 1: "
        "a loss that looks small is all noise of its own."
    )


CHECK = Check(
    judge=judge,
    cause="target_scaling",
    severity="warning",
    source="LeCun et al. 1998, Efficient BackProp; confirmed on copies of the network",
    rank=5,
    explains=("dynamics",),
    trains=True,
)
