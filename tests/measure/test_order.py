import numpy as np
import pytest

from nbdebug.measure import order
from nbdebug.measure.order import clustered_order


@pytest.fixture
def two_families():
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 200))
    units = [(a if i % 2 else b) + 0.05 * rng.normal(size=200) for i in range(8)]
    return np.stack(units, axis=1)


def families(found):
    return [int(u) % 2 for u in found]


def test_units_that_do_the_same_stand_together(two_families):
    found = families(clustered_order(two_families))
    assert found in ([0] * 4 + [1] * 4, [1] * 4 + [0] * 4)


def test_leaves_without_optimal_ordering_also_stand_together(two_families, monkeypatch):
    monkeypatch.setattr(order, "OPTIMAL_UNITS", 2)
    found = families(clustered_order(two_families))
    assert found in ([0] * 4 + [1] * 4, [1] * 4 + [0] * 4)


def test_units_that_never_move_come_last_in_their_own_order(two_families):
    values = two_families.copy()
    values[:, 5], values[:, 2] = 0, 7
    found = clustered_order(values)
    assert found[-2:].tolist() == [2, 5]
    assert sorted(found.tolist()) == list(range(8))


def test_the_same_values_give_the_same_order(two_families):
    np.testing.assert_array_equal(clustered_order(two_families), clustered_order(two_families.copy()))


@pytest.mark.parametrize("shape", [(5, 1), (5, 2), (1, 4), (3, 4, 6)])
def test_any_shape_gives_every_unit_once(shape):
    values = np.random.default_rng(1).normal(size=shape)
    values.flat[0] = np.nan
    assert sorted(clustered_order(values).tolist()) == list(range(shape[-1]))
