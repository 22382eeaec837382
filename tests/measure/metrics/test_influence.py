"""The spread of a metric comes from how each example moves it: held against moving each weight a little."""

import numpy as np
import pytest

from nbdebug.measure.intervals import auroc_interval, mean_interval
from nbdebug.measure.metrics.all import METRICS
from nbdebug.measure.metrics.examples import Examples

RNG = np.random.default_rng(0)
N = 40
CASES = [(kind, metric) for kind, metrics in METRICS.items() for metric in metrics]


def examples(kind, weights):
    label, loss, shares, given = RNG.integers(0, 2, N).astype(float), RNG.random(N), None, None
    prediction = 0.9 * np.round(RNG.random(N), 1) + 0.013  # with ties, and no bin without a gap
    if kind == "regression":
        label, prediction = RNG.normal(size=N), RNG.normal(size=N)
    if kind == "multiclass":
        label, shares = RNG.integers(0, 3, N).astype(float), RNG.dirichlet(np.ones(3), N)
        prediction, given = shares.argmax(axis=1).astype(float), shares[np.arange(N), label.astype(int)]
    return Examples(label, prediction, weights, loss, given, shares)


def heavier(whole, at, by):
    weights = whole.weights.copy()
    weights[at] += by
    return Examples(
        whole.label, whole.prediction, weights, whole.loss, whole.label_share, whole.shares, whole.threshold
    )


@pytest.mark.parametrize("weights", [np.ones(N), RNG.random(N) + 0.5], ids=["equal", "weighted"])
@pytest.mark.parametrize(("kind", "metric"), CASES, ids=[f"{k} {m.name}" for k, m in CASES])
def test_influence_is_the_slope_of_the_value_in_each_weight(kind, metric, weights):
    whole = examples(kind, weights)
    found, step = metric.estimate(whole), 1e-5
    slopes = [
        (metric.estimate(heavier(whole, i, step)).value - metric.estimate(heavier(whole, i, -step)).value) / (2 * step)
        for i in range(N)
    ]
    np.testing.assert_allclose(found.influence, np.array(slopes) * weights.sum(), atol=1e-4)
    assert np.average(found.influence, weights=weights) == pytest.approx(0, abs=1e-9)
    assert np.std(found.influence) > 0


def test_the_standard_errors_of_a_mean_and_of_an_area_are_those_of_their_own_intervals():
    by_name = {metric.name: metric for metric in METRICS["binary"]}
    whole = examples("binary", RNG.random(N) + 0.5)
    loss, auroc = by_name["loss"], by_name["AUROC"]
    estimate = loss.estimate(whole)
    assert loss.interval(whole, estimate) == pytest.approx(mean_interval(whole.loss, whole.weights)[1:])
    area = auroc.estimate(whole)
    _, low, high = auroc_interval(whole.is_positive, whole.prediction, whole.weights)
    error, slope = auroc.standard_error(whole, area.influence), area.value * (1 - area.value)
    width = np.log(high / (1 - high)) - np.log(low / (1 - low))
    assert width / 2 == pytest.approx(2.03 * error / slope, rel=0.02)  # t of about 36 degrees of freedom
