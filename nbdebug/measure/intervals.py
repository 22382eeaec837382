"""How sure a metric is: 95 % intervals, weights respected through their effective number."""

import numpy as np
from jaxtyping import Bool, Float
from scipy import optimize, stats

LEVEL = 0.95

Interval = tuple[float, float, float]
"""Value, low, high."""


def effective_number(weights: Float[np.ndarray, "example"]) -> float:
    """Kish's effective number of examples: (sum w)^2 / sum w^2; the plain count for equal weights."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def mean_interval(values: Float[np.ndarray, "example"], weights: Float[np.ndarray, "example"]) -> Interval:
    """Weighted mean with its t interval; no interval below two effective examples."""
    n = effective_number(weights)
    mean = float(np.average(values, weights=weights))
    if n <= 1 + 1e-9:
        return mean, np.nan, np.nan
    variance = float(np.average((values - mean) ** 2, weights=weights)) * n / (n - 1)
    half = float(stats.t.ppf((1 + LEVEL) / 2, n - 1)) * np.sqrt(variance / n)
    return mean, mean - half, mean + half


def share_interval(hits: Bool[np.ndarray, "example"], weights: Float[np.ndarray, "example"]) -> Interval:
    """Weighted share with Wilson's score interval.

    Source: Wilson 1927, Probable inference, the law of succession, and statistical inference.
    """
    share = np.asarray(np.average(hits, weights=weights))
    low, high = wilson(share, np.asarray(effective_number(weights)))
    return float(share), float(low), float(high)


def wilson(
    share: Float[np.ndarray, "*slice"], n: Float[np.ndarray, "*slice"]
) -> tuple[Float[np.ndarray, "*slice"], Float[np.ndarray, "*slice"]]:
    """Low and high of Wilson's score interval of many shares of `n` (effective) examples each."""
    z = _z()
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return np.asarray(np.maximum(0.0, middle - half)), np.asarray(np.minimum(1.0, middle + half))


def auroc_interval(
    label: Bool[np.ndarray, "example"],
    score: Float[np.ndarray, "example"],
    weights: Float[np.ndarray, "example"],
) -> Interval:
    """Area under the ROC curve with DeLong's interval; Newcombe's where the two classes separate perfectly.

    Sources: DeLong, DeLong and Clarke-Pearson 1988, Comparing the areas under two or more correlated receiver operating
    characteristic curves; Newcombe 2006, Confidence intervals for an effect size measure based on the Mann-Whitney
    statistic, part 2, method 5 (DeLong's variance is 0 there, which would claim certainty).
    """
    area, variance = auroc_variance(label, score, weights)
    if not variance > 0:
        return area, *_newcombe(area, effective_number(weights[label]), effective_number(weights[~label]))
    half = _z() * np.sqrt(variance)
    return area, max(0.0, area - half), min(1.0, area + half)


def auroc_variance(
    label: Bool[np.ndarray, "example"],
    score: Float[np.ndarray, "example"],
    weights: Float[np.ndarray, "example"],
) -> tuple[float, float]:
    """Area under the ROC curve with DeLong's variance, 0 where the classes separate perfectly."""
    positive, negative = score[label], score[~label]
    w_positive, w_negative = weights[label], weights[~label]
    of_positive = _share_below(positive, negative, w_negative)
    of_negative = 1 - _share_below(negative, positive, w_positive)
    area = float(np.average(of_positive, weights=w_positive))
    return area, _variance_of_mean(of_positive, w_positive) + _variance_of_mean(of_negative, w_negative)


def _z() -> float:
    return float(stats.norm.ppf((1 + LEVEL) / 2))


def _share_below(
    values: Float[np.ndarray, "value"], others: Float[np.ndarray, "other"], weights: Float[np.ndarray, "other"]
) -> Float[np.ndarray, "value"]:
    order = np.argsort(others)
    below = np.concatenate([[0.0], np.cumsum(weights[order])])
    left = below[np.searchsorted(others[order], values, side="left")]
    right = below[np.searchsorted(others[order], values, side="right")]
    return (left + right) / (2 * below[-1])


def _variance_of_mean(values: Float[np.ndarray, "value"], weights: Float[np.ndarray, "value"]) -> float:
    n = effective_number(weights)
    if n <= 1 + 1e-9:
        return 0.0
    return float(np.average((values - np.average(values, weights=weights)) ** 2, weights=weights)) / (n - 1)


def _newcombe(area: float, m: float, n: float) -> tuple[float, float]:
    extra = (m + n) / 2 - 1

    def distance(a: float) -> float:
        variance = a * (1 - a) * (1 + extra * (1 - a) / (2 - a) + extra * a / (1 + a)) / (m * n)
        return (area - a) ** 2 - _z() ** 2 * variance

    low = float(optimize.brentq(distance, 1e-12, area - 1e-9)) if area > 1e-6 and distance(1e-12) > 0 else 0.0
    high = (
        float(optimize.brentq(distance, area + 1e-9, 1 - 1e-12)) if area < 1 - 1e-6 and distance(1 - 1e-12) > 0 else 1.0
    )
    return low, high
