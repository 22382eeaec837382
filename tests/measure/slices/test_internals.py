"""Units and times that differ between a slice and the rest, against scipy on the whole array."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.internals import UnitDifferences, strongest

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


def units(found):
    return strongest({"layer": found}, "unit")


def positions(found, n):
    return strongest({"layer": found}, "position", n)


def test_units_are_compared_by_their_means_over_time():
    found = units(seen(VALUES, INSIDE)).set_index("unit").sort_index()
    means = VALUES.mean(axis=1)
    expected = stats.ttest_ind(means[INSIDE], means[~INSIDE], equal_var=False)
    interval = expected.confidence_interval()
    np.testing.assert_allclose(found.p, expected.pvalue)
    np.testing.assert_allclose(found.corrected_p, stats.false_discovery_control(expected.pvalue))
    np.testing.assert_allclose(found[["low", "high"]], np.column_stack([interval.low, interval.high]))
    np.testing.assert_allclose(found.inside, means[INSIDE].mean(axis=0))


def test_the_planted_positions_come_first():
    found = seen(VALUES, INSIDE)
    assert units(found).unit[0] == 3
    top = positions(found, 2)
    assert set(zip(top.time, top.unit, strict=True)) == {(2, 3), (3, 3)}
    flat = VALUES.reshape(200, -1)
    p = stats.ttest_ind(flat[INSIDE], flat[~INSIDE], equal_var=False).pvalue
    at = top.time * 5 + top.unit
    np.testing.assert_allclose(top.corrected_p, stats.false_discovery_control(p)[at], rtol=1e-6)
    assert len(positions(found, 1000)) == 30


def test_parts_merge_to_the_whole():
    merged = UnitDifferences()
    for at in np.array_split(RNG.permutation(200), 7):
        merged.merge(seen(VALUES[at], INSIDE[at]))
    pd.testing.assert_frame_equal(units(merged), units(seen(VALUES, INSIDE, batch=200)), rtol=1e-9)
    assert (merged.n_inside, merged.n_outside) == (INSIDE.sum(), (~INSIDE).sum())


def test_padding_and_what_is_not_finite_count_nowhere():
    mask = np.arange(6) < RNG.integers(1, 7, 200)[:, None]
    values = np.where(mask[..., None], VALUES, 1e9)
    values[0, 0, 0] = np.nan
    found = seen(values, INSIDE, mask)
    naive = np.where(mask[..., None] & np.isfinite(values), values, np.nan)
    means = np.nanmean(naive, axis=1)
    p = stats.ttest_ind(means[INSIDE], means[~INSIDE], equal_var=False, nan_policy="omit").pvalue
    np.testing.assert_allclose(units(found).set_index("unit").sort_index().p, p)
    late = naive[:, 5, 1]
    expected = stats.ttest_ind(late[INSIDE], late[~INSIDE], equal_var=False, nan_policy="omit").pvalue
    of_positions = positions(found, 1000).set_index(["time", "unit"])
    assert of_positions.p[5, 1] == pytest.approx(expected)


def test_units_without_time():
    found = seen(VALUES[:, 0], INSIDE)
    expected = stats.ttest_ind(VALUES[INSIDE, 0], VALUES[~INSIDE, 0], equal_var=False).pvalue
    np.testing.assert_allclose(units(found).set_index("unit").sort_index().p, expected)
    with pytest.raises(NbdebugError, match="no times"):
        positions(found, None)


def test_dead_units_and_an_empty_slice_are_never_significant():
    values = VALUES.copy()
    values[..., 0] = 0
    of_units = units(seen(values, INSIDE)).set_index("unit")
    assert np.isnan(of_units.p[0])
    assert not of_units.significant[0]
    assert not units(seen(VALUES, np.zeros(200, bool))).significant.any()


def test_a_small_spread_on_a_large_mean_keeps_its_digits():
    values = 1e8 + np.tile([0.0, 1.0], 50)[:, None]
    inside = np.arange(100) < 40
    found = units(seen(values, inside, batch=7))
    assert found.p[0] == pytest.approx(stats.ttest_ind(values[inside], values[~inside], equal_var=False).pvalue[0])


def test_pictures_are_refused():
    with pytest.raises(NbdebugError, match="example, time, unit"):
        UnitDifferences().update(np.zeros((2, 3, 4, 5)), np.ones(2, bool))


def test_several_layers_are_corrected_together_and_those_without_time_have_no_positions():
    wide, flat = VALUES, VALUES[:, 2, :2]
    found = strongest({"wide": seen(wide, INSIDE), "flat": seen(flat, INSIDE)}, "unit").set_index(["layer", "unit"])
    means = np.hstack([wide.mean(axis=1), flat])
    expected = stats.ttest_ind(means[INSIDE], means[~INSIDE], equal_var=False).pvalue
    places = [("wide", unit) for unit in range(5)] + [("flat", unit) for unit in range(2)]
    np.testing.assert_allclose(found.corrected_p[places], stats.false_discovery_control(expected))
    assert (found.effect.abs().diff().dropna() <= 0).all()
    places = strongest({"flat": seen(flat, INSIDE), "wide": seen(wide, INSIDE)}, "position", 4)
    assert set(places.layer) == {"wide"}
    flat_p = stats.ttest_ind(wide[INSIDE].reshape(-1, 30), wide[~INSIDE].reshape(-1, 30), equal_var=False).pvalue
    at = places.time * 5 + places.unit
    np.testing.assert_allclose(places.corrected_p, stats.false_discovery_control(flat_p)[at])
