"""Callbacks that wait for the loss to fall, and how far it can."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Unfit
from nbdebug.checks.initialisation._first_loss import first_loss
from nbdebug.records.case import Case
from nbdebug.records.waiting import Deed, Waiting

_FLOORED = ("binary", "categorical", "sparse", "regression", "kl")


def waiting_for(case: Case, deed: Deed) -> Iterator[tuple[Waiting, int, float]]:
    """Callbacks that count an epoch as progress only if the loss falls by so much, epochs, and how far it can fall.

    Raises:
        Unfit: there is one, and epochs or how far it can fall are not known.
    """
    for waiting in case.training.waiting:
        if waiting.deed != deed or waiting.monitor not in ("loss", "val_loss") or waiting.least <= 0:
            continue
        if case.training.epochs is None:
            raise Unfit("how many epochs this fit has is not known")
        yield waiting, case.training.epochs, _room(case)


def _room(case: Case) -> float:
    """How far the loss can fall: all that it is before any step, as none of its terms falls below 0.

    Raises:
        Unfit: it is not known.
    """
    losses = []
    for end in case.ends:
        found = first_loss(case, end)
        if end.loss is None or end.loss.kind not in _FLOORED or found is None or not case.untouched:
            raise Unfit("where the loss begins is not known")
        losses.append(found * end.loss.weight)
    if not losses:
        raise Unfit("the model has no output")
    return float(sum(losses))
