"""Correlations of numbers far apart in memory, against a naive count."""

import numpy as np
import pytest

from nbdebug.measure.far_neighbours import far_neighbours


def test_distance_and_correlation_are_those_of_a_naive_count():
    random = np.random.default_rng(0)
    t = np.arange(16)[:, None, None]
    waves = np.sin(t / 3 + random.uniform(0, 6, (90, 2))) + 0.1 * random.normal(size=(16, 90, 2))
    values = waves.reshape(90, 16, 2)
    found = far_neighbours(values)
    assert found.distance == 90 * 2
    rows = values.reshape(90, 32)
    flat = ((rows - rows.mean(axis=0)) / rows.std(axis=0)).ravel()
    assert found.far == pytest.approx((flat[180:] * flat[:-180]).mean() / (flat**2).mean(), rel=1e-9)
    near = [abs((flat[lag:] * flat[:-lag]).mean() / (flat**2).mean()) for lag in range(1, 65)]
    assert found.near == pytest.approx(max(near), rel=1e-9)
    assert found.times == 16


def test_a_few_examples_are_not_judged():
    assert far_neighbours(np.zeros((7, 4, 2))) is None
