"""Expected calibration error: how far shares are from what they promise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float, Num
from scipy import optimize, stats

from nbdebug.measure.intervals import normal_quantile
from nbdebug.measure.metrics.metric import Ends, Estimate

BINS = 15
"""Of equal width, as in Guo et al. 2017, On calibration of modern neural networks."""


_ANY = 1e6
"""No multiple of the gaps is too large."""


def calibration_error(
    score: Float[np.ndarray, "example"], observed: Num[np.ndarray, "example"], weights: Float[np.ndarray, "example"]
) -> Estimate:
    """Mean over bins of |mean observed - mean predicted|, each bin by its share of examples.

    Args:
        score: predicted share, 0 to 1.
        observed: whether it came true, or a share.
        weights: of the examples.

    Sources: Naeini, Cooper and Hauskrecht 2015, Obtaining well calibrated probabilities using Bayesian binning; Guo et
    al. 2017.
    """
    bins = _bins(score)
    gap = np.bincount(bins, weights * (observed - score), BINS) / weights.sum()
    value = float(np.abs(gap).sum())
    return Estimate(value, np.sign(gap)[bins] * (observed - score) - value)


def calibration_ends(
    score: Float[np.ndarray, "example"], observed: Num[np.ndarray, "example"], weights: Float[np.ndarray, "example"]
) -> Ends:
    """Ends of the interval, freed from what chance alone adds to the value.

    Even perfect shares have gaps by chance, and their magnitudes add up, so that value +- spread would miss the truth.
    Taken instead: all multiples of the gaps found, 0 included, that make the value found no surprise. The magnitude of
    a bin's gap around a true one is folded normal, so that mean and spread of the value are known for each multiple.

    Source: Leone, Nelson and Nottingham 1961, The folded normal distribution; the inverted test is ours.
    """
    bins, total = _bins(score), weights.sum()
    in_bin = np.bincount(bins, weights, BINS)
    kept = in_bin > 0
    gap = (np.bincount(bins, weights * (observed - score), BINS) / total)[kept]
    number = in_bin[kept] ** 2 / np.bincount(bins, weights**2, BINS)[kept]
    share = in_bin[kept] / total
    rate = np.bincount(bins, weights * observed, BINS)[kept] / in_bin[kept]
    rate = (rate * number + 1) / (number + 2)  # a bin of few that all came true is not certain
    spread = share * np.sqrt(rate * (1 - rate) / number)
    value, n = float(np.abs(gap).sum()), float(total**2 / (weights**2).sum())
    of_shares = max(0.0, float((gap**2 / share).sum()) - value**2) / n

    def surprise(multiple: float) -> float:
        """By how many standard errors the value is above what this multiple of the gaps would give."""
        mean, variance = _folded(multiple * np.abs(gap), spread)
        return float((value - mean.sum()) / np.sqrt(variance.sum() + multiple**2 * of_shares))

    if not value > 0:
        mean, variance = _folded(np.zeros(len(gap)), spread)
        return 0.0, min(1.0, float(mean.sum() + normal_quantile() * np.sqrt(variance.sum())))
    low = _multiple(surprise, normal_quantile())
    high = _multiple(surprise, -normal_quantile())
    return value * min(low, 1.0), min(1.0, value * max(high, 1.0))


def _bins(score: Float[np.ndarray, "example"]) -> np.ndarray:
    return np.clip((score * BINS).astype(np.int64), 0, BINS - 1)


def _folded(mean: Float[np.ndarray, "bin"], spread: Float[np.ndarray, "bin"]) -> tuple[np.ndarray, np.ndarray]:
    """Mean and variance of the magnitude of a normal number."""
    z = mean / spread
    folded = 2 * spread * stats.norm.pdf(z) + mean * (1 - 2 * stats.norm.cdf(-z))
    return folded, np.maximum(mean**2 + spread**2 - folded**2, 0.0)


def _multiple(surprise: Callable[[float], float], level: float) -> float:
    """The multiple of the gaps at which the value found is that surprising."""
    most = 2.0
    if surprise(0.0) <= level:
        return 0.0
    while surprise(most) > level:
        most *= 2
        if most > _ANY:
            return np.inf
    return float(optimize.brentq(lambda multiple: surprise(multiple) - level, 0.0, most))
