"""Weight decay that takes weights away faster than the loss can build them."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._trial import trial
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend


def judge(
    case: Case, *, step: float = 0.002, kept: float = 0.67, least: float = 0.2, patience: int = 4
) -> Iterator[Found]:
    """Each update takes a share of `step` or more of every weight, so that it is forgotten within a few hundred updates
    (0.004 and learning rates of 0.001 are Keras' defaults: a share of 0.000004). Copies without
    decay lose more of the loss in `patience` times the usual steps, the others less than `kept` of that, and end at
    least `least` lower in every seed.
    """
    decay, rate = case.training.weight_decay, case.training.learning_rate
    if not decay or not rate or decay * rate < step:
        return
    tried = trial(case, Mend(settings={"weight_decay": 0.0}), patience=patience)
    if tried.learned >= kept * tried.learned_mended or not tried.helps(least):
        return
    yield Found(
        why=f"Weight decay of {decay:g} at a learning rate of {rate:g} takes {decay * rate:.1%} of every weight in "
        f"each update: copies lose {max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, without it "
        f"{tried.learned_mended:.0%}.",
        fix="weight_decay=0.004  # of the optimizer",
        measured=decay * rate,
        threshold=step,
        measured_in="share of a weight that an update takes away",
        evidence={"curves": tried.curves()},
    )


CHECK = Check(
    judge=judge,
    cause="regularization",
    severity="warning",
    source="Loshchilov and Hutter 2019, Decoupled weight decay regularization; confirmed on copies of the network",
    rank=14,
    explains=("dynamics",),
    trains=True,
)
