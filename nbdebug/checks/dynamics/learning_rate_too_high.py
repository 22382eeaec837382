"""Steps so large that the loss does not fall, where smaller ones learn."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._curves import Trial
from nbdebug.checks.dynamics._trial import best, curves_as_it_is, trial
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

_HIGH = {"sgd": 0.3, "adagrad": 0.3, "adadelta": 3.0}
_HIGH_STEP = 0.02
"""Twenty times Keras' defaults, and more."""


def judge(case: Case, *, learns: float = 0.05, least: float = 0.2, far: float = 0.7) -> Iterator[Found]:
    """Copies that get rid of less than `learns` of their loss, where a tenth to a thousandth of the learning rate ends
    at least `least` lower in every seed. Both shares lie well above what seeds differ by on the healthy programs. Of
    rates that are far above the usual ones: copies that learn, where a tenth or a hundredth ends `far` lower.
    """
    rate = case.training.learning_rate
    if rate is None or rate <= 0:
        raise Unfit("the learning rate is not known")
    stuck = curves_as_it_is(case).learned < learns
    if not stuck and rate < _HIGH.get(case.training.optimizer, _HIGH_STEP):
        return
    mends = [Mend(learning_rate=rate / by) for by in ((10, 100, 1000) if stuck else (10, 100))]
    found = best(case, mends, least) if stuck else _far_better(case, mends, far)
    if found is None:
        return
    mend, tried = found
    yield Found(
        why=f"With a learning rate of {rate:g} the loss {'does not fall' if stuck else 'stays high'}; copies with "
        f"{mend.learning_rate:g} learn more ({max(0.0, tried.learned_mended):.0%} of the loss gone in {tried.steps} "
        f"steps, {max(0.0, tried.learned):.0%} as it is).",
        severity=None if stuck else "warning",
        fix=f"model.optimizer.learning_rate = {mend.learning_rate:g}",
        measured=rate,
        threshold=mend.learning_rate,
        measured_in="learning rate",
        evidence={"curves": tried.curves()},
    )


def _far_better(case: Case, mends: list[Mend], far: float) -> tuple[Mend, Trial] | None:
    tried = [(mend, trial(case, mend)) for mend in mends]
    better = [pair for pair in tried if pair[1].gains.min() >= far]
    return max(better, key=lambda pair: pair[1].learned_mended, default=None)


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 11.4.1; confirmed on copies of the network",
    rank=10,
    explains=("dynamics",),
    trains=True,
)
