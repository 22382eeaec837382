"""A layer that is to be trained and does not move by a single bit."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._watched import watched
from nbdebug.records.case import Case


def judge(case: Case, *, looks: int = 3) -> Iterator[Found]:
    """No weight of a trainable layer changed in any of at least `looks` steps that were looked at."""
    updates = watched(case).updates
    if not updates or max(len(curve.steps) for curve in updates.values()) < looks:
        raise Unfit(f"fewer than {looks} steps were looked at")
    still = [name for name, curve in updates.items() if not curve.values.any()]
    if not still:
        return
    everything = len(still) == len(updates)
    named = "No layer" if everything else f"Layer {still[0]}" + (f" and {len(still) - 1} more" * (len(still) > 1))
    yield Found(
        why=f"{named} {'moves' if everything else 'moved not at all'}: the gradient or the learning rate is exactly 0.",
        fix="# see which layer after it lets no gradient through (dead units, a loss that is constant), or whether the "
        "loss depends on it at all",
        layer=None if everything else still[0],
        measured=0.0,
        threshold=0.0,
        measured_in="largest change of a weight in a step",
        evidence={"layers": still},
    )


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Google's ML test score, Breck et al. 2017: a trained layer must move",
    rank=15,
    outcome=True,
)
