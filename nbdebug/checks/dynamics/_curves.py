"""How copies with and without a mend learned."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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

    @property
    def falling(self) -> float:
        """Share of the loss that the copies as they are still get rid of in the last third of their updates; the median
        over seeds.
        """
        upto = self.plain.shape[1] * 2 // 3
        return self.learned - _learned(self.plain[:, : max(_LAST, upto)], self.constant)

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


def _final(curves: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(curves[:, -1]), np.median(curves[:, -_LAST:], axis=1), np.inf)


def _learned(curves: np.ndarray, constant: float) -> float:
    start, final = np.minimum(curves[:, 0], constant), _final(curves)
    shares = np.where(np.isfinite(final), (start - final) / np.maximum(np.abs(start), 1e-12), -np.inf)
    return float(np.median(shares))


def _median(curves: np.ndarray) -> list[float]:
    return [float(v) for v in np.median(curves, axis=0)]
