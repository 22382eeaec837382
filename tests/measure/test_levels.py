"""Levels against scipy's analysis of variance and against known orders."""

import numpy as np
import pytest
from scipy.stats import f_oneway

from nbdebug.measure.levels import evenly_spaced, levels


def shops(effect, noise=0.3, n=800, seed=0):
    random = np.random.default_rng(seed)
    shop = random.integers(0, 40, n)
    return shop.astype(float), effect[shop] + noise * random.normal(size=n)


UNORDERED, SMOOTH = np.random.default_rng(1).normal(size=40), np.linspace(-1, 2, 40)


def test_the_explained_share_against_an_analysis_of_variance():
    column, label = shops(UNORDERED)
    groups = [label[column == c] for c in np.unique(column)]
    k, n, explained = len(groups), len(label), levels(column, label).explained
    assert (explained / (k - 1)) / ((1 - explained) / (n - k)) == pytest.approx(f_oneway(*groups).statistic)


def test_without_an_order_neighbours_differ_like_any_two():
    found = [levels(*shops(np.random.default_rng(s).normal(size=40), seed=s)).disorder for s in range(30)]
    assert np.mean(found) == pytest.approx(2, abs=0.2)
    assert levels(*shops(SMOOTH)).disorder < 0.2


def test_where_levels_do_nothing_their_means_are_noise():
    assert np.mean([levels(*shops(np.zeros(40), seed=s)).noise for s in range(10)]) == pytest.approx(1, abs=0.15)


def test_equal_labels_have_no_levels():
    assert levels(np.arange(10.0), np.ones(10)) is None


@pytest.mark.parametrize(
    ("values", "even"),
    [([1, 2, 5], True), ([0.025, 0.05, 0.1], True), ([0.1, 0.25, 0.65], False), ([3.0], False), ([1e6, 1e6 + 1], True)],
)
def test_whole_steps(values, even):
    assert evenly_spaced(np.array(values, float)) is even
