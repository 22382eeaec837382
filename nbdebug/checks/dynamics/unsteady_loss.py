"""A training loss that rises again or jumps about, where smaller steps bring it lower."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.dynamics._constant import constant_loss
from nbdebug.checks.dynamics._trial import best
from nbdebug.checks.dynamics._watched import watched
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

_FEWEST = 6


def judge(
    case: Case, *, rise: float = 0.25, lost: float = 0.05, least: float = 0.2, patience: int = 4
) -> Iterator[Found]:
    """The mean of the last third of the epochs lies `rise` above the lowest loss of all epochs before it: it rose, or
    it jumps about, by a share of at least `lost` of what had been learned: a loss that is nearly gone may tremble.
    Reported where copies at a tenth or a hundredth of the learning rate, trained `patience` times as long as usual, end
    `least` lower in every seed.
    """
    losses, rate = watched(case).epochs.get("loss"), case.training.learning_rate
    if losses is None or len(losses) < _FEWEST:
        raise Unfit(f"fewer than {_FEWEST} epochs were watched")
    if rate is None or rate <= 0:
        raise Unfit("the learning rate is not known")
    start = min(float(losses[0]), constant_loss(case) or float("inf"))
    above = _above(losses, start, lost)
    if above is None or above < rise:
        return
    found = best(case, [Mend(learning_rate=rate / by) for by in (10, 100)], least, patience)
    if found is None:
        return
    mend, tried = found
    yield Found(
        why=f"The training loss does not settle: its last epochs lie {above:.0%} above its lowest. Copies with a "
        f"learning rate of {mend.learning_rate:g} end lower.",
        fix=f"model.optimizer.learning_rate = {mend.learning_rate:g}",
        measured=above,
        threshold=rise,
        measured_in="last epochs above the lowest loss",
        evidence={"curves": tried.curves(), "loss": losses.tolist()},
    )


def _above(losses: np.ndarray, start: float, lost: float) -> float | None:
    last = len(losses) - len(losses) // 3
    lowest, ends = float(np.nanmin(losses[:last], initial=np.inf)), float(np.mean(losses[last:]))
    if not np.isfinite(lowest) or lowest <= 0 or ends - lowest < lost * (start - lowest):
        return None
    return ends / lowest - 1


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="warning",
    source="Zhang et al. 2021, AutoTrainer: oscillating loss; confirmed on copies of the network",
    rank=12,
    explains=("dynamics",),
    trains=True,
)
