"""The best order of columns against a search through all of them, and its parts against scipy's."""

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import ks_2samp, spearmanr

from nbdebug.measure.column_order import best_order


def mixed(n, seed, columns=5):
    """Columns of other shapes that hang together; the last takes few values."""
    random = np.random.default_rng(seed)
    base = random.normal(size=(n, columns)) @ np.random.default_rng(99).normal(size=(columns, columns))
    base[:, 1] = np.exp(base[:, 1] / 3)
    base[:, -1] = np.round(base[:, -1])
    return base


def naive(one, other, order):
    n, m, k = len(one), len(other), one.shape[1]
    alone = [
        ks_2samp(one[:, i], other[:, j], method="asymp").statistic ** 2 * n * m / (n + m) / (np.pi**2 / 12)
        for i, j in enumerate(order)
    ]
    pairs = [
        (
            np.arctanh(spearmanr(one[:, a], one[:, b])[0])
            - np.arctanh(spearmanr(other[:, order[a]], other[:, order[b]])[0])
        )
        ** 2
        / (1 / (n - 3) + 1 / (m - 3))
        for a in range(k)
        for b in range(a)
    ]
    return (np.mean(alone) + np.mean(pairs)) / 2


@pytest.mark.parametrize("shuffled", [(0, 1, 2, 3, 4), (3, 1, 4, 0, 2)])
def test_it_is_the_best_of_all_orders(shuffled):
    one, other = mixed(150, 0), mixed(90, 1)[:, list(shuffled)]
    found = best_order(one, other)
    costs = {order: naive(one, other, order) for order in permutations(range(5))}
    assert found.as_given == pytest.approx(costs[0, 1, 2, 3, 4])
    assert found.best == pytest.approx(min(costs.values()))
    assert [shuffled[i] for i in found.order] == [0, 1, 2, 3, 4]


def test_two_samples_disagree_by_about_one():
    one = np.random.default_rng(0).normal(size=(300, 12))
    found = [best_order(one, np.random.default_rng(s).normal(size=(200, 12))).as_given for s in range(1, 11)]
    assert np.mean(found) == pytest.approx(1, abs=0.15)


def test_what_agrees_is_not_searched():
    one, other = mixed(150, 0), mixed(90, 1)[:, [1, 0, 2, 3, 4]]
    found = best_order(one, other, unless=1e9)
    assert found.order.tolist() == [0, 1, 2, 3, 4]
    assert found.best == found.as_given == pytest.approx(best_order(one, other).as_given)


def test_constant_columns_are_no_reason_to_stop():
    one, other = mixed(100, 0), mixed(100, 1)
    one[:, 0] = other[:, 0] = 7
    found = best_order(one, other)
    assert found.order.tolist() == [0, 1, 2, 3, 4]
    assert np.isfinite([found.as_given, found.best]).all()
