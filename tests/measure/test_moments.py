"""The accumulator against numpy on the whole array."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nbdebug.measure.histogram_edges import EDGES, bins
from nbdebug.measure.moments import Moments


def _seen(values, mask=None, **about):
    moments = Moments.empty(values.shape[-1], **about)
    moments.update(values, mask)
    return moments


def _finished(moments):
    return moments.finish("layer", "state", True)


def test_equals_numpy_on_the_whole_array():
    values = np.random.default_rng(0).normal(3, 2, size=(9, 5, 4))
    found = _finished(_seen(values))
    flat = values.reshape(-1, 4)
    np.testing.assert_allclose(found.mean, flat.mean(0))
    np.testing.assert_allclose(found.std, flat.std(0))
    np.testing.assert_array_equal(found.minimum, flat.min(0))
    np.testing.assert_array_equal(found.maximum, flat.max(0))
    assert (found.n_values == 45).all()
    assert found.n_examples == 9
    for unit in range(4):
        inside = np.clip(flat[:, unit], EDGES[0], EDGES[-1])
        np.testing.assert_array_equal(found.histogram.counts[unit], np.histogram(inside, EDGES)[0])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=6), st.randoms(use_true_random=False), st.sampled_from([0, 1e6])
)
def test_parts_merge_in_any_order(sizes, random, offset):
    values = np.random.default_rng(sum(sizes)).normal(size=(sum(sizes), 3, 2)) + offset
    parts = [_seen(part) for part in np.split(values, np.cumsum(sizes)[:-1])]
    random.shuffle(parts)
    merged = Moments.empty(2)
    for part in parts:
        merged.merge(part)
    whole, found = _finished(_seen(values)), _finished(merged)
    np.testing.assert_allclose(found.mean, whole.mean, rtol=1e-12)
    np.testing.assert_allclose(found.std, whole.std, rtol=1e-7)
    np.testing.assert_array_equal(found.histogram.counts, whole.histogram.counts)
    np.testing.assert_array_equal(found.n_values, whole.n_values)


def test_a_small_spread_on_a_large_mean_keeps_its_digits():
    values = 1e8 + np.tile([0.0, 1.0], 50).reshape(10, 10, 1)
    moments = Moments.empty(1)
    for part in np.split(values, 5):
        moments.update(part)
    np.testing.assert_allclose(_finished(moments).std, 0.5, rtol=1e-9)


def test_masked_times_count_nowhere():
    values = np.random.default_rng(0).normal(size=(4, 6, 3))
    mask = np.arange(6) < np.array([6, 3, 1, 4])[:, None]
    found, naive = _finished(_seen(np.where(mask[..., None], values, 1e9), mask)), values[mask]
    np.testing.assert_allclose(found.mean, naive.mean(0))
    np.testing.assert_array_equal(found.maximum, naive.max(0))
    assert (found.n_values == mask.sum()).all()
    assert found.histogram.counts.sum() == 3 * mask.sum()


def test_nan_and_inf_are_counted_and_left_out():
    values = np.ones((2, 3, 2))
    values[0, 0, 0], values[1, 1, 0] = np.nan, np.inf
    found = _finished(_seen(values))
    assert found.not_finite.tolist() == [2, 0]
    assert found.mean.tolist() == [1, 1]
    assert found.maximum.tolist() == [1, 1]
    assert found.constant.tolist() == [False, True]


def test_dead_constant_and_zero_share():
    values = np.zeros((4, 5, 3))
    values[..., 1] = 7.0
    values[0, 0, 2] = 1.0
    found = _finished(_seen(values))
    assert found.dead.tolist() == [True, False, False]
    assert found.constant.tolist() == [True, True, False]
    assert found.zero_share.tolist() == pytest.approx([1, 0, 19 / 20])


def test_a_unit_that_only_wiggles_below_the_scale_is_constant():
    values = np.zeros((2, 50, 2))
    values[..., 0] = 1000 * np.linspace(-1, 1, 50)
    values[..., 1] = 1e-4 * np.linspace(-1, 1, 50)
    assert _finished(_seen(values)).constant.tolist() == [False, True]


@pytest.mark.parametrize(
    ("bounds", "share"), [((0.0, 1.0), 3 / 5), ((-1.0, 1.0), 2 / 5), ((None, 6.0), 0.0), (None, 0.0)]
)
def test_saturated_is_within_one_percent_of_a_bound(bounds, share):
    values = np.array([0.005, 0.5, 0.991, 0.995, 0.98]).reshape(5, 1)
    assert _finished(_seen(values, bounds=bounds)).saturated_share.tolist() == pytest.approx([share])


def test_nothing_seen_has_no_mean():
    found = _finished(Moments.empty(2))
    assert np.isnan(found.mean).all()
    assert not found.dead.any()


def test_one_time_in_sixteen_is_in_the_histogram():
    found = _finished(_seen(np.ones((2, 64, 1)), every=16))
    assert found.histogram.every == 16
    assert found.histogram.counts.sum() == 8
    assert found.n_values.tolist() == [128]


def test_bins_hold_what_they_say():
    assert (np.diff(EDGES) > 0).all()
    assert bins(np.array([-1e30, 1e30])).tolist() == [0, len(EDGES) - 2]
    zero = int(bins(np.array([0.0]))[0])
    assert EDGES[zero] < 0 < EDGES[zero + 1]
