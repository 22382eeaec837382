"""A mean inside a slice against the mean outside: the difference, its interval, its effect size and its p."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy import stats

from nbdebug.measure.intervals import LEVEL, wilson
from nbdebug.measure.slices.sums import Sums


@dataclass(frozen=True)
class Difference:
    """Inside minus outside, NaN where it cannot be told.

    Args:
        value, low, high: with its 95 % interval.
        effect: Hedges' g, or Cohen's h for shares.
        statistic: of the test; positive where inside is larger.
        p: two-sided.
    """

    value: Float[np.ndarray, "*slice"]
    low: Float[np.ndarray, "*slice"]
    high: Float[np.ndarray, "*slice"]
    effect: Float[np.ndarray, "*slice"]
    statistic: Float[np.ndarray, "*slice"]
    p: Float[np.ndarray, "*slice"]


@dataclass(frozen=True)
class Spread:
    """What Welch's test needs to know of each group: the (effective) number of examples, mean and variance."""

    effective: Float[np.ndarray, "*group"]
    mean: Float[np.ndarray, "*group"]
    variance: Float[np.ndarray, "*group"]


def of_means(inside: Sums | Spread, outside: Sums | Spread) -> Difference:
    """By Welch's test, with Hedges' g for an effect size; weights count through their effective numbers.

    Sources: Welch 1947, The generalization of "Student's" problem when several different population variances are
    involved; Hedges 1981, Distribution theory for Glass's estimator of effect size and related estimators.
    """
    n, m = inside.effective, outside.effective
    with np.errstate(invalid="ignore", divide="ignore"):
        a, b = inside.variance / n, outside.variance / m
        error = np.sqrt(a + b)
        freedom = (a + b) ** 2 / (a**2 / (n - 1) + b**2 / (m - 1))
        value = inside.mean - outside.mean
        statistic = np.where(error > 0, value / error, np.nan)
        half = stats.t.ppf((1 + LEVEL) / 2, freedom) * error
        pooled = np.sqrt(((n - 1) * inside.variance + (m - 1) * outside.variance) / (n + m - 2))
        effect = np.where(pooled > 0, value / pooled, np.nan) * (1 - 3 / (4 * (n + m) - 9))
        p = 2 * stats.t.sf(np.abs(statistic), freedom)
    return Difference(value, value - half, value + half, effect, statistic, np.asarray(p, dtype=float))


def of_shares(inside: Sums, outside: Sums, shift: float) -> Difference:
    """Of 0 and 1: Newcombe's interval, Cohen's h, and the "N - 1" chi-squared test.

    Sources: Newcombe 1998, Interval estimation for the difference between independent proportions, method 10; Campbell
    2007, Chi-squared and Fisher-Irwin tests of two-by-two tables with small sample recommendations; Cohen 1988,
    Statistical power analysis for the behavioral sciences.

    Args:
        inside, outside: sums of the values, shifted.
        shift: what was taken from each value.
    """
    n, m = inside.effective, outside.effective
    with np.errstate(invalid="ignore", divide="ignore"):
        a, b = np.clip(inside.mean + shift, 0, 1), np.clip(outside.mean + shift, 0, 1)
        value, share = a - b, (n * a + m * b) / (n + m)
        error = np.sqrt(share * (1 - share) * (1 / n + 1 / m) * (n + m) / (n + m - 1))
        statistic = np.where(error > 0, value / error, np.nan)
        (a_low, a_high), (b_low, b_high) = wilson(a, n), wilson(b, m)
        low, high = recovered(value, (a, a_low, a_high), (b, b_low, b_high))
        effect = 2 * (np.arcsin(np.sqrt(a)) - np.arcsin(np.sqrt(b)))
    return Difference(value, low, high, effect, statistic, np.asarray(2 * stats.norm.sf(np.abs(statistic)), float))


Bounded = tuple[np.ndarray, np.ndarray, np.ndarray]


def recovered(value: np.ndarray, first: Bounded, second: Bounded) -> tuple[np.ndarray, np.ndarray]:
    """The interval of a difference from the (value, low, high) of both.

    Source: Zou and Donner 2008, Construction of confidence limits about effect measures: a general approach.
    """
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    low = value - np.sqrt((a - a_low) ** 2 + (b_high - b) ** 2)
    high = value + np.sqrt((a_high - a) ** 2 + (b - b_low) ** 2)
    return low, high


def corrected(p: Float[np.ndarray, "slice"]) -> Float[np.ndarray, "slice"]:
    """After Benjamini and Hochberg 1995 over those that are not NaN, which stay NaN."""
    known = ~np.isnan(p)
    found = np.full(len(p), np.nan)
    if known.any():
        found[known] = stats.false_discovery_control(p[known])
    return found
