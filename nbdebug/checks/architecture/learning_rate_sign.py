"""A learning rate of 0 changes nothing, one below 0 climbs the loss."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    """A schedule may well begin at 0."""
    rate = case.training.learning_rate
    if rate is None:
        raise Unfit("the learning rate is not known")
    if rate > 0 or (rate == 0 and case.training.scheduled):
        return
    what = (
        "no number"
        if math.isnan(rate)
        else "0: nothing is ever changed"
        if rate == 0
        else "below 0: the loss is climbed"
    )
    yield Found(
        why=f"The learning rate is {what}."
        if rate == 0 or math.isnan(rate)
        else f"The learning rate {rate:g} is {what}.",
        fix="model.optimizer.learning_rate = 0.001",
        measured=rate,
        threshold=0.0,
        measured_in="learning rate",
    )


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 4.3: the learning rate is a positive scalar",
    rank=1,
    explains=("initialisation", "dynamics"),
    program="um_b",
)
