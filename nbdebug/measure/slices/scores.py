"""How strong a slice is, by one of two measures, and the most that any slice within it can reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from nbdebug.measure.slices.sums import Sums


@dataclass(frozen=True)
class Strength:
    """By how many standard errors a slice's mean loss is above that of what it is taken from.

    A slice counts for as much as it says beyond the rest of everything simpler: the smallest over "all other examples"
    and over what is left of each wider slice. The variance of a slice is never taken for smaller than that of all
    examples: a few that are alike by chance would look certain.

    Args:
        every: sums over all examples.
        largest: the largest shifted loss.
    """

    every: Sums
    largest: float

    least = 2.0
    """What is weaker is not worth confirming."""
    beyond_wider = True

    def of(self, inside: Sums, rest: Sums) -> Float[np.ndarray, "group"]:
        """Of each slice against the rest of what it is taken from; -inf where that is fewer than two."""
        floor = self.every.variance
        spread = np.maximum(inside.variance, floor) / inside.effective
        spread = spread + np.maximum(rest.variance, floor) / rest.effective
        with np.errstate(invalid="ignore", divide="ignore"):
            found = (inside.mean - rest.mean) / np.sqrt(spread)
        return np.where(np.isfinite(found), found, -np.inf)

    def bound(self, sums: Sums, support: int) -> Float[np.ndarray, "group"]:
        """The most that any slice of at least `support` examples within each can reach.

        With d the mean of m of its examples, their strength against all others is at most
        d sqrt(m) sqrt(N / (N - m)) / s. Here d is at most the largest loss, and (for equal weights, by Cauchy and
        Schwarz) d sqrt(m) at most the root of the sum of squares.
        """
        del support
        root = np.sqrt(sums.n) * max(self.largest, 0.0)
        if np.array_equal(sums.w, sums.n):
            root = np.minimum(root, np.sqrt(np.maximum(sums.wxx, 0)))
        others = self.every.effective - np.minimum(sums.n, self.every.effective * (1 - 1e-9))
        with np.errstate(divide="ignore", invalid="ignore"):
            found = root * np.sqrt(self.every.effective / others / self.every.variance)
        return np.where(np.isnan(found), -np.inf, found * (1 + 1e-9))


@dataclass(frozen=True)
class SliceLine:
    """The score of Sagadeeva and Boehm 2021, SliceLine: fast, linear-algebra-based slice finding, for losses >= 0.

    alpha (mean loss / mean of all - 1) - (1 - alpha) (n of all / n - 1)

    Args:
        every: sums over all examples.
        largest: the largest shifted loss.
        shift: what was taken from each loss.
        alpha: 0 to 1, weight of the loss against the size.
    """

    every: Sums
    largest: float
    shift: float
    alpha: float

    least = 0.0
    beyond_wider = False

    def of(self, inside: Sums, rest: Sums) -> Float[np.ndarray, "group"]:
        """Of each slice; only its own sums matter."""
        del rest
        return self._score(inside.w, inside.wx + self.shift * inside.w)

    def bound(self, sums: Sums, support: int) -> Float[np.ndarray, "group"]:
        """The most that any slice of at least `support` examples within each can reach (section 3.2 there)."""
        total, most = sums.wx + self.shift * sums.w, max(self.largest + self.shift, 1e-300)
        sizes = [np.minimum(float(support), sums.w), sums.w, np.clip(total / most, np.minimum(support, sums.w), sums.w)]
        return np.maximum.reduce([self._score(w, np.minimum(w * most, total)) for w in sizes]) + 1e-9

    def _score(self, w: np.ndarray, total: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            larger = self.alpha * (total / w / (self.shift + self.every.mean) - 1)
            found = larger - (1 - self.alpha) * (self.every.w / w - 1)
        return np.where(np.isfinite(found), found, -np.inf)


Score = Strength | SliceLine
