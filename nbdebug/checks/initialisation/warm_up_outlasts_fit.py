"""A warm-up that is longer than the whole fit: the learning rate never comes near the one that was meant."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.1) -> Iterator[Found]:
    """The highest rate of the fit is its last, and below `share` of the highest that the schedule comes to later. Usual
    warm-ups take a few hundredths of a training; a fit of one epoch in a loop of several still gets as far as this.
    """
    training = case.training
    rates, peak = training.rates, training.peak
    if rates is None or peak is None or not rates.size:
        return
    last = float(rates[-1])
    if last < float(rates.max()) or last >= share * peak or last <= 0:
        return
    yield Found(
        why=f"The schedule warms the learning rate up to {peak:g}, but the {training.updates or 0:,} updates of this "
        f"fit end while it is at {last:.2g}: the fit is over before the warm-up is.",
        fix=f"warmup_steps = {max(1, (training.updates or 0) // 20)}  # in updates (batches), not in examples: a "
        "twentieth of this fit",
        measured=last / peak,
        threshold=share,
        measured_in="highest learning rate of the fit over that of the schedule",
        evidence={"rates": rates.tolist()},
    )


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="warning",
    source="Goyal et al. 2017, Accurate, large minibatch SGD, 2.2: five of 90 epochs warm up",
    rank=3,
    explains=("dynamics", "budget"),
    program="own_warm_up_in_examples",
)
