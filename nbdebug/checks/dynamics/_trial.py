"""Two copies of the network, one of them mended, trained side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from nbdebug.checks.check import Unfit
from nbdebug.checks.dynamics._constant import constant_loss
from nbdebug.errors import Cancelled, NbdebugError
from nbdebug.records.case import Case
from nbdebug.records.mend import AS_IT_IS, ByPairing, Mend, Trainer

T = TypeVar("T")

SEEDS = (0, 1, 2)
_LAST = 3


@dataclass(frozen=True)
class Trial:
    """Losses of copies by seed and look, the first look before any update; `steps` updates in all.

    `constant` is the loss of saying the same of every example, infinite where it is not known.
    """

    plain: np.ndarray
    mended: np.ndarray
    steps: int
    constant: float = float("inf")

    @property
    def learned(self) -> float:
        """Share of the loss that the copies as they are get rid of; the median over seeds.

        Of the loss that they start with or of that of a constant prediction, whichever is lower: to find out how often
        each label occurs is not to have learned from the inputs.
        """
        return _learned(self.plain, self.constant)

    @property
    def learned_mended(self) -> float:
        """The same of the mended copies."""
        return _learned(self.mended, self.constant)

    def helps(self, least: float) -> bool:
        """Whether the mend lowers the final loss in every seed, and by at least this share in the median."""
        gains = self.gains
        return bool(np.all(gains > 0) and np.median(gains) >= least)

    @property
    def gains(self) -> np.ndarray:
        """By how much of itself the mend lowers the final loss, by seed; 1 where only the mended copy stays finite."""
        plain, mended = _final(self.plain), _final(self.mended)
        if not np.isfinite(mended).all():
            return np.full(len(mended), -np.inf)
        reachable = np.where(np.isfinite(plain), plain, 1.0)
        return np.where(np.isfinite(plain), (reachable - mended) / np.maximum(np.abs(reachable), 1e-12), 1.0)

    def curves(self) -> dict[str, list[float]]:
        """The median curves, as evidence."""
        return {"as it is": _median(self.plain), "mended": _median(self.mended)}


def trainer_of(case: Case) -> Trainer:
    """What trains copies.

    Raises:
        Unfit: nothing does.
    """
    if case.trainer is None:
        raise Unfit(case.untrainable or "copies of the model cannot be trained")
    return case.trainer


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


def unmoved(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the trainable layers that a few updates of a copy leave as they were, and of the others.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return _tried(trainer_of(case).unmoved)


def gradients(case: Case) -> dict[str, float]:
    """Root mean square of the first gradient of each trainable layer of a copy, by name.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return dict(_tried(trainer_of(case).gradients))


def penalised(case: Case) -> bool:
    """Whether anything is added to the loss of the data.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return _tried(trainer_of(case).penalised)


def by_pairing(case: Case) -> ByPairing:
    """How an update of a copy depends on which example has which label.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    return _tried(trainer_of(case).by_pairing)


def _curves(trainer: Trainer, mend: Mend, patience: int, held_out: bool) -> np.ndarray:
    return _tried(lambda: np.stack([trainer.losses(mend, seed, patience, held_out) for seed in SEEDS]))


def _tried(work: Callable[[], T]) -> T:
    try:
        return work()
    except Cancelled:
        raise
    except NbdebugError as error:
        raise Unfit(f"{error.what.rstrip('.')}: {error.got}") from error
    except Exception as error:  # whatever the user's model raises in training is told, not thrown
        raise Unfit(f"a copy of the model raised {type(error).__name__} in training") from error


def _final(curves: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(curves[:, -1]), np.median(curves[:, -_LAST:], axis=1), np.inf)


def _learned(curves: np.ndarray, constant: float) -> float:
    start, final = np.minimum(curves[:, 0], constant), _final(curves)
    shares = np.where(np.isfinite(final), (start - final) / np.maximum(np.abs(start), 1e-12), -np.inf)
    return float(np.median(shares))


def _median(curves: np.ndarray) -> list[float]:
    return [float(v) for v in np.median(curves, axis=0)]
