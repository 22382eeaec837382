"""Labels so far from 0 or so spread that the network spends its training on getting there."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._trial import trial
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

_LOSSES = ("mean_squared_error", "mean_absolute_error")


def judge(case: Case, *, large: float = 10.0, least: float = 0.5) -> Iterator[Found]:
    """Labels with a mean or spread above `large` under a squared or absolute error, where copies on standardised
    labels end at least `least` lower, on the user's scale, in every seed.
    """
    for end in case.ends:
        size = max(abs(end.labels.mean), end.labels.std)
        if end.loss is None or end.loss.name not in _LOSSES or len(case.ends) > 1 or not size > large:
            continue
        tried = trial(case, Mend(standardise_targets=True))
        if tried.helps(least):
            yield Found(
                why=f"Labels of {end.name} are about {size:,.0f}, the untrained network puts out about 0. Copies on "
                "standardised labels learn far more.",
                fix="y = (y - y_train.mean(0)) / y_train.std(0)  # and undo it on predictions",
                output=end.name,
                measured=size,
                threshold=large,
                measured_in="mean or standard deviation of the labels",
                evidence={"curves": tried.curves()},
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
