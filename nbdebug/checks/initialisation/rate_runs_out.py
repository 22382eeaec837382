"""A schedule that takes the learning rate away before the fit has begun in earnest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.04, fewest: int = 20) -> Iterator[Found]:
    """The mean rate over a fit of `fewest` updates or more is below `share` of the highest. From 1 down to a
    ten-thousandth by equal factors, as far as schedules go, the mean is a ninth.
    """
    training = case.training
    if not training.scheduled:
        return
    if training.rates is None or not np.isfinite(training.rates).all():
        raise Unfit("what the schedule of the learning rate will do cannot be asked beforehand")
    rates, updates = training.rates, training.updates or 0
    top = max(float(rates.max()), training.learning_rate or 0.0)
    if updates < fewest or top <= 0 or float(rates.mean()) >= share * top:
        return
    left = np.flatnonzero(rates >= 0.01 * top)
    last = int((left[-1] + 1) / len(rates) * updates) if len(left) else 0
    yield Found(
        why=f"The schedule takes the learning rate from {top:g} to {rates[-1]:.1g}; after update {last:,} of "
        f"{updates:,} it is below a hundredth of where it began, and nothing is learned any more.",
        fix="# let the schedule last as long as the fit: decay_steps is counted in updates (steps), not in epochs"
        if last
        else "# the schedule begins at 0 and stays there: see what it returns for epoch 0",
        measured=float(rates.mean()) / top,
        threshold=share,
        measured_in="mean learning rate over the highest",
        evidence={"rates": rates.tolist()},
    )


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="warning",
    source="Goodfellow et al. 2016, Deep Learning, 8.3.1: the sum of the learning rates must be large enough",
    rank=4,
    explains=("dynamics", "budget"),
)
