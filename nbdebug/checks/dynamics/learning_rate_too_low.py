"""Steps so small that this fit ends before anything is learned, where larger ones learn."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._copies import trainer_of
from nbdebug.checks.dynamics._trial import best, trial
from nbdebug.checks.steps import stretch
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend


def judge(case: Case, *, learns: float = 0.05, least: float = 0.2, largest: float = 1.0) -> Iterator[Found]:
    """The way that the weights can go in this fit is its updates times its learning rate. Copies go the same way in
    fewer and larger steps; where they get rid of less than `learns` of the loss, and a rate that is ten times or more,
    up to `largest`, ends at least `least` lower in every seed, the rate is too low for this fit. Examples that copies
    do not train on have to gain, too: where nothing can be learned, larger steps only learn by heart.
    """
    rate, updates = case.training.learning_rate, case.training.updates
    if rate is None or rate <= 0 or updates is None:
        raise Unfit("how many updates this fit will do is not known: give epochs and batch_size")
    if case.began is None:
        raise Unfit("the network has been trained before, and small steps may be meant")
    longer = stretch(case.training, updates, trainer_of(case).steps)
    stretched = trial(case, Mend(learning_rate=rate * longer))
    if max(stretched.learned, stretched.learned_mended) >= learns:
        return
    rates = [rate * longer * 10.0**by for by in range(1, 6)]
    found = best(case, [Mend(learning_rate=r) for r in rates if r <= largest], least)
    if found is None:
        return
    mend, tried = found
    if trial(case, mend, held_out=True).learned_mended < learns:
        return
    proposed = (mend.learning_rate or rate) / longer
    yield Found(
        why=f"A learning rate of {rate:g} over {updates:,} updates hardly moves the weights; copies that step "
        f"{proposed / rate:.0f} times as far learn.",
        fix=f"model.optimizer.learning_rate = {proposed:g}",
        measured=rate,
        threshold=proposed,
        measured_in="learning rate",
        evidence={"curves": tried.curves(), "updates": updates},
    )


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks; confirmed on copies of the network",
    rank=20,
    explains=("dynamics",),
    trains=True,
)
