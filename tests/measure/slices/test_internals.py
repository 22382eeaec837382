"""Units and times that differ between a slice and the rest, against scipy on the whole array."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.internals import UnitDifferences

RNG = np.random.default_rng(0)
VALUES = RNG.normal(3, 2, size=(200, 6, 5))
INSIDE = RNG.random(200) < 0.3
VALUES[INSIDE, 2:4, 3] += 3


def seen(values, inside, mask=None, batch=32):
    found = UnitDifferences()
    for at in range(0, len(values), batch):
        part = slice(at, at + batch)
        found.update(values[part], inside[part], None if mask is None else mask[part])
    return found


def test_units_are_compared_by_their_means_over_time():
    found = seen(VALUES, INSIDE).units().set_index("unit").sort_index()
    means = VALUES.mean(axis=1)
    expected = stats.ttest_ind(means[INSIDE], means[~INSIDE], equal_var=False)
    interval = expected.confidence_interval()
    np.testing.assert_allclose(found.p, expected.pvalue)
    np.testing.assert_allclose(found.corrected_p, stats.false_discovery_control(expected.pvalue))
    np.testing.assert_allclose(found[["low", "high"]], np.column_stack([interval.low, interval.high]))
    np.testing.assert_allclose(found.inside, means[INSIDE].mean(axis=0))


def test_the_planted_positions_come_first():
    found = seen(VALUES, INSIDE)
    assert found.units().unit[0] == 3
    top = found.positions(n=2)
    assert set(zip(top.time, top.unit, strict=True)) == {(2, 3), (3, 3)}
    flat = VALUES.reshape(200, -1)
    p = stats.ttest_ind(flat[INSIDE], flat[~INSIDE], equal_var=False).pvalue
    at = top.time * 5 + top.unit
    np.testing.assert_allclose(top.corrected_p, stats.false_discovery_control(p)[at], rtol=1e-6)
    assert len(found.positions(n=1000)) == 30


def test_parts_merge_to_the_whole():
    merged = UnitDifferences()
    for at in np.array_split(RNG.permutation(200), 7):
        merged.merge(seen(VALUES[at], INSIDE[at]))
    pd.testing.assert_frame_equal(merged.units(), seen(VALUES, INSIDE, batch=200).units(), rtol=1e-9)
    assert (merged.n_inside, merged.n_outside) == (INSIDE.sum(), (~INSIDE).sum())


def test_padding_and_what_is_not_finite_count_nowhere():
    mask = np.arange(6) < RNG.integers(1, 7, 200)[:, None]
    values = np.where(mask[..., None], VALUES, 1e9)
    values[0, 0, 0] = np.nan
    found = seen(values, INSIDE, mask)
    naive = np.where(mask[..., None] & np.isfinite(values), values, np.nan)
    means = np.nanmean(naive, axis=1)
    p = stats.ttest_ind(means[INSIDE], means[~INSIDE], equal_var=False, nan_policy="omit").pvalue
    np.testing.assert_allclose(found.units().set_index("unit").sort_index().p, p)
    late = naive[:, 5, 1]
    expected = stats.ttest_ind(late[INSIDE], late[~INSIDE], equal_var=False, nan_policy="omit").pvalue
    positions = found.positions(1000).set_index(["time", "unit"])
    assert positions.p[5, 1] == pytest.approx(expected)


def test_units_without_time():
    found = seen(VALUES[:, 0], INSIDE)
    expected = stats.ttest_ind(VALUES[INSIDE, 0], VALUES[~INSIDE, 0], equal_var=False).pvalue
    np.testing.assert_allclose(found.units().set_index("unit").sort_index().p, expected)
    with pytest.raises(NbdebugError, match="no times"):
        found.positions()


def test_dead_units_and_an_empty_slice_are_never_significant():
    values = VALUES.copy()
    values[..., 0] = 0
    units = seen(values, INSIDE).units().set_index("unit")
    assert np.isnan(units.p[0])
    assert not units.significant[0]
    assert not seen(VALUES, np.zeros(200, bool)).units().significant.any()


def test_a_small_spread_on_a_large_mean_keeps_its_digits():
    values = 1e8 + np.tile([0.0, 1.0], 50)[:, None]
    inside = np.arange(100) < 40
    found = seen(values, inside, batch=7).units()
    assert found.p[0] == pytest.approx(stats.ttest_ind(values[inside], values[~inside], equal_var=False).pvalue[0])


def test_pictures_are_refused():
    with pytest.raises(NbdebugError, match="example, time, unit"):
        UnitDifferences().update(np.zeros((2, 3, 4, 5)), np.ones(2, bool))
