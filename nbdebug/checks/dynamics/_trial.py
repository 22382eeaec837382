"""Two copies of the network, one of them mended, trained side by side."""

from __future__ import annotations

import numpy as np

from nbdebug.checks.dynamics._constant import constant_loss
from nbdebug.checks.dynamics._copies import asked, trainer_of
from nbdebug.checks.dynamics._curves import Trial
from nbdebug.records.case import Case
from nbdebug.records.mend import AS_IT_IS, Mend, Trainer

SEEDS = (0, 1, 2)


def trial(case: Case, mend: Mend, plain: Mend = AS_IT_IS, patience: int = 1, held_out: bool = False) -> Trial:
    """Train copies with and without `mend`, one pair a seed.

    Args:
        plain: what the copies that are not mended have, too.
        patience: so many times the usual updates; fewer where the network is large.
        held_out: whether losses are those of examples which the copies do not train on; for mends that bring more
            weights, with which a copy could learn its examples by heart.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    trainer = trainer_of(case)
    constant = constant_loss(case)
    curves, mended = (_curves(trainer, each, patience, held_out) for each in (plain, mend))
    steps = trainer.every * (curves.shape[1] - 1)
    return Trial(curves, mended, steps, float("inf") if constant is None else constant)


def curves_as_it_is(case: Case, patience: int = 1, held_out: bool = False) -> Trial:
    """Copies as they are alone."""
    return trial(case, AS_IT_IS, patience=patience, held_out=held_out)


def best(case: Case, mends: list[Mend], least: float, patience: int = 1) -> tuple[Mend, Trial] | None:
    """The first of these mends that helps, None where none does."""
    for mend in mends:
        tried = trial(case, mend, patience=patience)
        if tried.helps(least):
            return mend, tried
    return None


def _curves(trainer: Trainer, mend: Mend, patience: int, held_out: bool) -> np.ndarray:
    return asked(lambda: np.stack([trainer.losses(mend, seed, patience, held_out) for seed in SEEDS]))
