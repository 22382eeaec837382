"""Intervals hold the truth about as often as they say."""

import numpy as np
import pytest

from nbdebug.measure.metrics.all import METRICS
from nbdebug.measure.metrics.examples import Examples

MANY, TIMES = 400_000, 200


def binary(rng, n, steep=1.5):
    """Shares that are steeper than they should be, so that calibration has a truth above 0."""
    label = rng.random(n) < 0.3
    logit = rng.normal(size=n) + label - 0.5 + np.log(0.3 / 0.7)
    return Examples(label.astype(float), 1 / (1 + np.exp(-steep * logit)), np.ones(n), np.zeros(n))


def calibrated(rng, n):
    return binary(rng, n, 1.0)


def regression(rng, n):
    label = rng.normal(size=n)
    return Examples(label, label + rng.normal(size=n), np.ones(n), np.zeros(n))


def multiclass(rng, n):
    label = rng.choice(4, n, p=[0.4, 0.3, 0.2, 0.1])
    shares = np.exp(rng.normal(size=(n, 4)) + 1.2 * np.eye(4)[label])
    shares /= shares.sum(axis=1, keepdims=True)
    best, given = shares.argmax(axis=1).astype(float), shares[np.arange(n), label]
    return Examples(label.astype(float), best, np.ones(n), np.zeros(n), given, shares)


@pytest.mark.parametrize(
    ("kind", "draw"),
    [("binary", binary), ("binary", calibrated), ("regression", regression), ("multiclass", multiclass)],
)
def test_intervals_cover(kind, draw):
    rng = np.random.default_rng(3)
    metrics = [metric for metric in METRICS[kind] if metric.needs == "prediction"]
    everything = draw(rng, MANY)
    truth = [metric.estimate(everything).value for metric in metrics]
    held = np.zeros(len(metrics))
    for _ in range(TIMES):
        sample = draw(rng, 400)
        for i, metric in enumerate(metrics):
            low, high = metric.interval(sample, metric.estimate(sample))
            held[i] += low <= truth[i] <= high
    share = dict(zip((metric.name for metric in metrics), held / TIMES, strict=True))
    assert {name: value for name, value in share.items() if not 0.89 <= value <= 0.99} == {}
