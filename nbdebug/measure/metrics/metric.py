"""What a metric is, and how its interval and the interval of a difference follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from jaxtyping import Bool, Float

from nbdebug.measure.intervals import effective_number, logit_ends, t_quantile, variance_of_mean
from nbdebug.measure.metrics.examples import Examples

Ends = tuple[float, float]
"""Low and high end of an interval."""


class Undefined(Exception):
    """Why a metric has no value, or a value no interval."""


@dataclass(frozen=True)
class Estimate:
    """A metric of some examples.

    Args:
        value: of the metric.
        influence: how the value moves with the weight of each example, times the sum of weights; its weighted mean is 0
            and its spread is that of the metric (Hampel 1974, The influence curve and its role in robust estimation).
        note: what else there is to say, such as that a sample was used.
    """

    value: float
    influence: Float[np.ndarray, "example"]
    note: str = ""


@dataclass(frozen=True)
class Metric:
    """One number that says how good predictions are.

    Args:
        name: as in tables and sentences.
        better: which way is better.
        estimate: raises `Undefined` where there is no value.
        interval: the ends of the 95 % interval; raises `Undefined`.
        needs: the column that must be finite for an example to count.
        strata: two groups of fixed size, each with a spread of its own; None for one group.
        smooth: False where chance alone moves the value one way, so that a difference has no interval from influences.
    """

    name: str
    better: Literal["higher", "lower"]
    estimate: Callable[[Examples], Estimate]
    interval: Callable[[Examples, Estimate], Ends]
    needs: Literal["prediction", "loss"] = "prediction"
    strata: Callable[[Examples], Bool[np.ndarray, "example"]] | None = None
    smooth: bool = True

    def standard_error(self, examples: Examples, influence: Float[np.ndarray, "example"]) -> float:
        """Of a value, or of a difference between two models whose influences were subtracted: the delta method.

        Source: van der Vaart 1998, Asymptotic statistics, chapter 20.
        """
        if self.strata is None:
            return float(np.sqrt(variance_of_mean(influence, examples.weights)))
        first = self.strata(examples)
        total = examples.weights.sum()
        variance = 0.0
        for group in (first, ~first):
            weights = examples.weights[group]
            variance += (weights.sum() / total) ** 2 * variance_of_mean(influence[group], weights)
        return float(np.sqrt(variance))


def mean_of(values: Float[np.ndarray, "example"], examples: Examples) -> Estimate:
    """A metric that is a mean over examples."""
    mean = float(np.average(values, weights=examples.weights))
    return Estimate(mean, values - mean)


def half_width(examples: Examples, estimate: Estimate) -> float:
    """Half of Student's t interval."""
    n = effective_number(examples.weights)
    if n <= 1 + 1e-9:
        raise Undefined("one example has no spread, so there is no interval")
    return t_quantile(n) * float(np.sqrt(variance_of_mean(estimate.influence, examples.weights)))


def plain(examples: Examples, estimate: Estimate) -> Ends:
    """Value and half width, for a number that may be anything."""
    half = half_width(examples, estimate)
    return estimate.value - half, estimate.value + half


def above_zero(examples: Examples, estimate: Estimate) -> Ends:
    """The same, cut at 0, for a mean of what is never below it."""
    low, high = plain(examples, estimate)
    return max(0.0, low), high


def on_log_scale(examples: Examples, estimate: Estimate) -> Ends:
    """For a scale, such as a standard deviation: the interval of its logarithm, taken back."""
    half = half_width(examples, estimate)
    if not (half > 0 and estimate.value > 0):
        raise Undefined("it is the same for every example, so there is no spread to make an interval of")
    factor = float(np.exp(half / estimate.value))
    return estimate.value / factor, estimate.value * factor


def on_logit_scale(examples: Examples, estimate: Estimate) -> Ends:
    """For a share that is no mean: the interval of its logit, taken back, which stays between 0 and 1."""
    share, half = estimate.value, half_width(examples, estimate)
    if not (half > 1e-12 and 0 < share < 1):
        raise Undefined("it is the same for every example, so there is no spread to make an interval of")
    return logit_ends(share, half)
