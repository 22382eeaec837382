"""What each unit of a layer does, added up batch by batch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int, Num

from nbdebug.measure.histogram_edges import EDGES, N_BINS, bins
from nbdebug.records.statistics import Histogram, UnitStatistics

Bounds = tuple[float | None, float | None]
"""Lower and upper bound of an activation, None on a side without one."""

SATURATED_WITHIN = 0.01
CONSTANT_BELOW = 1e-6


def saturation_margin(bounds: Bounds) -> float:
    """How near to a bound counts as saturated: 1 % of the largest bound's magnitude."""
    return SATURATED_WITHIN * max(abs(b) for b in bounds if b is not None)


@dataclass
class Moments:
    """An accumulator of per-unit statistics: `update` it with batches, `merge` parts in any order, `finish` it.

    Means and sums of squared deviations are merged pairwise in float64, after Chan, Golub and LeVeque 1979, "Updating
    formulae and a pairwise algorithm for computing sample variances", which stays exact where a sum of squares loses
    all digits.

    Args:
        count: values of each unit that are not masked.
        mean, m2: mean and sum of squared deviations of the finite values.
        minimum, maximum: of the finite values; infinite before the first.
        zeros, saturated, not_finite: counts of values that are zero, near a bound, NaN or Inf.
        histogram: counts on the edges of `histogram_edges`, a row a unit.
        every: one position in `every` is in the histogram.
        bounds: of the layer's activation, None where it has none.
        n_examples: examples seen.
    """

    count: Int[np.ndarray, " unit"]
    mean: Float[np.ndarray, " unit"]
    m2: Float[np.ndarray, " unit"]
    minimum: Float[np.ndarray, " unit"]
    maximum: Float[np.ndarray, " unit"]
    zeros: Int[np.ndarray, " unit"]
    saturated: Int[np.ndarray, " unit"]
    not_finite: Int[np.ndarray, " unit"]
    histogram: Int[np.ndarray, "unit bin"]
    every: int = 1
    bounds: Bounds | None = None
    n_examples: int = 0

    @classmethod
    def empty(cls, n_units: int, every: int = 1, bounds: Bounds | None = None) -> Moments:
        """Moments of nothing yet."""
        counts = [np.zeros(n_units, np.int64) for _ in range(4)]
        return cls(
            count=counts[0],
            mean=np.zeros(n_units),
            m2=np.zeros(n_units),
            minimum=np.full(n_units, np.inf),
            maximum=np.full(n_units, -np.inf),
            zeros=counts[1],
            saturated=counts[2],
            not_finite=counts[3],
            histogram=np.zeros((n_units, N_BINS), np.int64),
            every=every,
            bounds=bounds,
        )

    def update(
        self, values: Num[np.ndarray, "example *axes unit"], mask: Bool[np.ndarray, "example position"] | None = None
    ) -> None:
        """Take in the values of some examples.

        Args:
            mask: True where a position along the first axis after the examples counts.
        """
        units = values.shape[-1]
        rows = values.reshape(len(values), -1, units).astype(np.float64)
        counts = np.ones(rows.shape[:2], bool) if mask is None else _spread(mask, rows.shape[1])
        sampled = rows[:, :: self.every][counts[:, :: self.every]]
        part = _moments_of(rows[counts], self.bounds)
        part.every = self.every
        part.histogram = _histogram_of(sampled)
        part.n_examples = len(values)
        self.merge(part)

    def merge(self, other: Moments) -> None:
        """Take in what another accumulator has seen."""
        n, m = self.count - self.not_finite, other.count - other.not_finite
        total = np.maximum(n + m, 1)
        delta = other.mean - self.mean
        self.m2 = self.m2 + other.m2 + delta**2 * n * m / total
        self.mean = self.mean + delta * m / total
        self.minimum = np.minimum(self.minimum, other.minimum)
        self.maximum = np.maximum(self.maximum, other.maximum)
        for name in ("count", "zeros", "saturated", "not_finite", "histogram", "n_examples"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def finish(self, layer: str, fingerprint: str, complete: bool) -> UnitStatistics:
        """The statistics as a record; units without a finite value have NaN for a mean."""
        finite = self.count - self.not_finite
        seen = finite > 0
        nothing = np.where(seen, 0.0, np.nan)
        values = np.maximum(self.count, 1)
        lowest, highest = np.where(seen, self.minimum, 0.0), np.where(seen, self.maximum, 0.0)
        scale = max(np.abs(lowest).max(initial=0.0), np.abs(highest).max(initial=0.0))
        return UnitStatistics(
            layer=layer,
            n_examples=self.n_examples,
            n_values=self.count,
            mean=self.mean + nothing,
            std=np.sqrt(self.m2 / np.maximum(finite, 1)) + nothing,
            minimum=lowest + nothing,
            maximum=highest + nothing,
            zero_share=self.zeros / values,
            saturated_share=self.saturated / values,
            not_finite=self.not_finite,
            histogram=Histogram(EDGES, self.histogram, self.every),
            dead=(self.zeros == self.count) & (self.count > 0),
            constant=seen & (self.not_finite == 0) & (highest - lowest <= CONSTANT_BELOW * scale),
            complete=complete,
            fingerprint=fingerprint,
        )


def _spread(mask: np.ndarray, n: int) -> np.ndarray:
    """A mask over times as a mask over all positions, where each time has several."""
    return np.repeat(np.asarray(mask, bool), n // mask.shape[1], axis=1)


def _moments_of(rows: np.ndarray, bounds: Bounds | None) -> Moments:
    part = Moments.empty(rows.shape[1], bounds=bounds)
    finite = np.isfinite(rows)
    n = finite.sum(axis=0)
    known = np.where(finite, rows, 0.0)
    part.count = np.full(rows.shape[1], len(rows), np.int64)
    part.not_finite = part.count - n
    part.mean = known.sum(axis=0) / np.maximum(n, 1)
    part.m2 = np.where(finite, (known - part.mean) ** 2, 0.0).sum(axis=0)
    part.minimum = np.where(finite, rows, np.inf).min(axis=0, initial=np.inf)
    part.maximum = np.where(finite, rows, -np.inf).max(axis=0, initial=-np.inf)
    part.zeros = (rows == 0).sum(axis=0)
    part.saturated = _saturated(rows, finite, bounds)
    return part


def _saturated(rows: np.ndarray, finite: np.ndarray, bounds: Bounds | None) -> np.ndarray:
    near = np.zeros(rows.shape, bool)
    if bounds is not None:
        low, high = bounds
        margin = saturation_margin(bounds)
        near |= False if low is None else rows < low + margin
        near |= False if high is None else rows > high - margin
    return (near & finite).sum(axis=0)


def _histogram_of(rows: np.ndarray) -> np.ndarray:
    units = rows.shape[1]
    finite = np.isfinite(rows)
    flat = bins(np.where(finite, rows, 0.0)) + np.arange(units) * N_BINS
    return np.bincount(flat[finite], minlength=units * N_BINS).reshape(units, N_BINS)
