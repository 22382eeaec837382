"""Metrics of an output that is a number."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

from nbdebug.measure.metrics.examples import Examples
from nbdebug.measure.metrics.metric import (
    Ends,
    Estimate,
    Metric,
    Undefined,
    above_zero,
    on_log_scale,
)


def _mae(examples: Examples) -> Estimate:
    value = float(mean_absolute_error(examples.label, examples.prediction, sample_weight=examples.weights))
    return Estimate(value, np.abs(examples.label - examples.prediction) - value)


def _rmse(examples: Examples) -> Estimate:
    value = float(root_mean_squared_error(examples.label, examples.prediction, sample_weight=examples.weights))
    squares = (examples.label - examples.prediction) ** 2
    return Estimate(value, (squares - value**2) / (2 * value) if value > 0 else np.zeros(len(examples)))


def _r2(examples: Examples) -> Estimate:
    label, weights = examples.label, examples.weights
    from_mean = (label - np.average(label, weights=weights)) ** 2
    variance = float(np.average(from_mean, weights=weights))
    if not variance > 0:
        raise Undefined(f"every label is {label[0]:g}, so there is no spread to explain")
    value = float(r2_score(label, examples.prediction, sample_weight=weights))
    return Estimate(value, ((1 - value) * from_mean - (label - examples.prediction) ** 2) / variance)


def _r2_ends(examples: Examples, estimate: Estimate) -> Ends:
    """What is left unexplained is a ratio of scales."""
    low, high = on_log_scale(examples, Estimate(1 - estimate.value, estimate.influence))
    return 1 - high, 1 - low


METRICS = (
    Metric("MAE", "lower", _mae, above_zero),
    Metric("RMSE", "lower", _rmse, on_log_scale),
    Metric("R²", "higher", _r2, _r2_ends),
)
