"""Counts and sums of the losses of many groups of examples: all that a mean and its interval need."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from jaxtyping import Float, Int


@dataclass(frozen=True)
class Sums:
    """Sums over the examples of each group.

    Args:
        n: how many examples.
        w, w2: sum of the weights and of their squares; both n without weights.
        wx, wxx: sum of weight times loss, and times loss squared. Losses are shifted so that their mean over all is 0,
            or the squares would lose their digits.
    """

    n: Int[np.ndarray, "*group"]
    w: Float[np.ndarray, "*group"]
    w2: Float[np.ndarray, "*group"]
    wx: Float[np.ndarray, "*group"]
    wxx: Float[np.ndarray, "*group"]

    def __getitem__(self, at: object) -> Sums:
        return Sums(*(np.asarray(getattr(self, f.name)[at]) for f in fields(self)))

    def __sub__(self, other: Sums) -> Sums:
        return Sums(*(np.asarray(getattr(self, f.name) - getattr(other, f.name)) for f in fields(self)))

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(np.asarray(getattr(self, f.name) + getattr(other, f.name)) for f in fields(self)))

    @property
    def effective(self) -> Float[np.ndarray, "*group"]:
        """Kish's effective number of examples."""
        return _ratio(self.w**2, self.w2)

    @property
    def mean(self) -> Float[np.ndarray, "*group"]:
        """Mean of the shifted losses; NaN without examples."""
        return _ratio(self.wx, self.w)

    @property
    def variance(self) -> Float[np.ndarray, "*group"]:
        """Variance of the losses, corrected for having estimated the mean; NaN below two effective examples."""
        n = self.effective
        raw = np.maximum(_ratio(self.wxx, self.w) - self.mean**2, 0)
        return np.asarray(raw * _ratio(n, np.where(n > 1 + 1e-9, n - 1, 0)))


def sums_of(x: Float[np.ndarray, "example"], weights: Float[np.ndarray, "example"] | None) -> Sums:
    """The sums of one group."""
    w = np.ones(len(x)) if weights is None else weights
    return Sums(np.array([len(x)]), *(np.array([each.sum()]) for each in (w, w**2, w * x, w * x * x)))


def _ratio(above: Any, below: Any) -> np.ndarray:
    above, below = np.asarray(above, dtype=float), np.asarray(below, dtype=float)
    return np.divide(above, below, out=np.full(np.broadcast_shapes(above.shape, below.shape), np.nan), where=below > 0)
