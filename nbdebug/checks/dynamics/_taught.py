"""Mends without which copies learn little, and with which they learn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from nbdebug.checks.dynamics._curves import Trial
from nbdebug.checks.dynamics._trial import curves_as_it_is, trial
from nbdebug.records.case import Case
from nbdebug.records.mend import Mend

What = TypeVar("What")

_LITTLE = 0.1


def taught(
    case: Case,
    mends: Sequence[tuple[What, Mend]],
    *,
    learns: float,
    mended: float,
    patience: int,
    gap: float = 0.0,
    falling: float = 1.0,
    held_out: bool = True,
) -> tuple[What, Trial] | None:
    """The first mend with which copies get rid of at least `mended` of the loss and end lower in every seed, where as
    they are they get rid of less than `learns`; None where none does. Without mends nothing is trained.

    Args:
        mends: each with what it mends.
        learns, mended: shares of the loss.
        gap: by how much more of the loss they get rid of with the mend, as a share of all of it.
        falling: how much of the loss copies as they are may still get rid of in the last third of their steps: where
            they have learned a little and go on, they may only be slower.
        patience, held_out: see `trial`.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    if not mends:
        return None
    plain = curves_as_it_is(case, patience, held_out)
    if plain.learned >= learns or (plain.learned >= _LITTLE and plain.falling > falling):
        return None
    for what, mend in mends:
        tried = trial(case, mend, patience=patience, held_out=held_out)
        if tried.learned_mended >= max(mended, plain.learned + gap) and tried.helps(mended):
            return what, tried
    return None
