"""Two copies of the network, one of them mended, trained side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nbdebug.checks.check import Unfit
from nbdebug.errors import Cancelled
from nbdebug.records.case import Case
from nbdebug.records.mend import AS_IT_IS, Mend, Trainer

SEEDS = (0, 1, 2)
_LAST = 3


@dataclass(frozen=True)
class Trial:
    """Losses of copies by seed and look, the first look before any update; `steps` updates in all."""

    plain: np.ndarray
    mended: np.ndarray
    steps: int

    @property
    def learned(self) -> float:
        """Share of the starting loss that the copies as they are get rid of; the median over seeds."""
        return _learned(self.plain)

    @property
    def learned_mended(self) -> float:
        """The same of the mended copies."""
        return _learned(self.mended)

    def helps(self, least: float) -> bool:
        """Whether the mend lowers the final loss in every seed, and by at least this share in the median."""
        plain, mended = _final(self.plain), _final(self.mended)
        if not np.isfinite(mended).all():
            return False
        gains = np.where(np.isfinite(plain), (plain - mended) / np.maximum(np.abs(plain), 1e-12), 1.0)
        return bool(np.all(gains > 0) and np.median(gains) >= least)

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


def trial(case: Case, mend: Mend) -> Trial:
    """Train copies with and without `mend`, one pair a seed.

    Raises:
        Unfit: copies cannot be trained, or their training raised.
    """
    trainer = trainer_of(case)
    return Trial(_curves(trainer, AS_IT_IS), _curves(trainer, mend), trainer.steps)


def curves_as_it_is(case: Case) -> Trial:
    """Copies as they are alone."""
    return trial(case, AS_IT_IS)


def best(case: Case, mends: list[Mend], least: float) -> tuple[Mend, Trial] | None:
    """The first of these mends that helps, None where none does."""
    for mend in mends:
        tried = trial(case, mend)
        if tried.helps(least):
            return mend, tried
    return None


def _curves(trainer: Trainer, mend: Mend) -> np.ndarray:
    return _tried(lambda: np.stack([trainer.losses(mend, seed) for seed in SEEDS]))


def _tried(work: Callable[[], np.ndarray]) -> np.ndarray:
    try:
        return work()
    except Cancelled:
        raise
    except Exception as error:  # whatever the user's model raises in training is told, not thrown
        raise Unfit(f"a copy of the model raised {type(error).__name__} in training") from error


def _final(curves: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(curves[:, -1]), np.median(curves[:, -_LAST:], axis=1), np.inf)


def _learned(curves: np.ndarray) -> float:
    start, final = curves[:, 0], _final(curves)
    shares = np.where(np.isfinite(final), (start - final) / np.maximum(np.abs(start), 1e-12), -np.inf)
    return float(np.median(shares))


def _median(curves: np.ndarray) -> list[float]:
    return [float(v) for v in np.median(curves, axis=0)]
