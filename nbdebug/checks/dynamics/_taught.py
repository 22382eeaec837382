"""Mends without which copies learn little, and with which they learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from nbdebug.checks.dynamics._curves import Trial
from nbdebug.checks.dynamics._trial import curves_as_it_is, trial
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

What = TypeVar("What")


def taught(
    case: Case,
    mends: Sequence[tuple[What, Mend]],
    *,
    learns: float,
    mended: float,
    patience: int,
    gap: float = 0.0,
    held_out: bool = True,
) -> tuple[What, Trial] | None:
    """The first mend with which copies get rid of at least `mended` of the loss and end lower in every seed, where as
    they are they get rid of less than `learns`; None where none does. Without mends nothing is trained.

    Args:
        mends: each with what it mends.
        learns, mended: shares of the loss.
        gap: by how much more of the loss they get rid of with the mend, as a share of all of it.
        patience, held_out: see `trial`.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    learned = curves_as_it_is(case, patience, held_out).learned if mends else 1.0
    if learned >= learns:
        return None
    for what, mend in mends:
        tried = trial(case, mend, patience=patience, held_out=held_out)
        if tried.learned_mended >= max(mended, learned + gap) and tried.helps(mended):
            return what, tried
    return None
