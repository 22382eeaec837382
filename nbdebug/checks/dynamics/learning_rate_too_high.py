"""Steps so large that the loss does not fall, where smaller ones learn."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._trial import best, curves_as_it_is
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend


def judge(case: Case, *, learns: float = 0.05, least: float = 0.2) -> Iterator[Found]:
    """Copies that get rid of less than `learns` of their loss, where a tenth to a thousandth of the learning rate ends
    at least `least` lower in every seed. Both shares lie well above what seeds differ by on the healthy programs.
    """
    rate = case.training.learning_rate
    if rate is None or rate <= 0:
        raise Unfit("the learning rate is not known")
    plain = curves_as_it_is(case)
    if plain.learned >= learns:
        return
    found = best(case, [Mend(learning_rate=rate / by) for by in (10, 100, 1000)], least)
    if found is None:
        return
    mend, tried = found
    yield Found(
        why=f"With a learning rate of {rate:g} the loss does not fall; copies with {mend.learning_rate:g} learn "
        f"({max(0.0, tried.learned_mended):.0%} of the loss gone in {tried.steps} steps).",
        fix=f"model.optimizer.learning_rate = {mend.learning_rate:g}",
        measured=rate,
        threshold=mend.learning_rate,
        measured_in="learning rate",
        evidence={"curves": tried.curves()},
    )


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 11.4.1; confirmed on copies of the network",
    rank=10,
    explains=("dynamics",),
    trains=True,
)
