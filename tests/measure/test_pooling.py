from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nbdebug.errors import NbdebugError
from nbdebug.measure.pooling import decimate, pool, pool_edges

finite = st.floats(-1e6, 1e6, width=32)


def naive(values, times, units):
    time_edges, unit_edges = pool_edges(values.shape[0], times), pool_edges(values.shape[1], units)
    out = np.empty((len(time_edges) - 1, len(unit_edges) - 1), values.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            part = values[time_edges[i] : time_edges[i + 1], unit_edges[j] : unit_edges[j + 1]].ravel()
            out[i, j] = part[np.argmax(np.abs(part))]
    return out


@given(arrays(np.float32, st.tuples(st.integers(1, 30), st.integers(1, 9)), elements=finite), st.integers(1, 12))
def test_each_pixel_shows_the_value_of_largest_magnitude(values, pixels):
    pooled, reference = pool(values, pixels, pixels), naive(values, pixels, pixels)
    np.testing.assert_array_equal(np.abs(pooled), np.abs(reference))
    assert np.isin(pooled, values).all()


def test_a_one_step_spike_and_its_sign_survive():
    values = np.full((4096, 1), 0.1, np.float32)
    values[1777] = -5
    pooled = pool(values, 300, 10)
    assert pooled.shape == (300, 1)
    assert pooled.min() == -5
    assert np.flatnonzero(pooled[:, 0] < 0).tolist() == [np.searchsorted(pool_edges(4096, 300), 1777, side="right") - 1]


def test_nan_wins_its_pixel():
    values = np.zeros((8, 2), np.float32)
    values[3, 1] = np.nan
    assert np.isnan(pool(values, 4, 2)).tolist() == [[False, False], [False, True], [False, False], [False, False]]


@pytest.mark.parametrize(("n", "pixels"), [(10, 3), (4096, 317), (3, 10), (1, 1)])
def test_pixels_cover_every_position_once(n, pixels):
    edges = pool_edges(n, pixels)
    assert edges[0] == 0
    assert edges[-1] == n
    assert np.all(np.diff(edges) >= 1)


def test_no_room_is_refused():
    with pytest.raises(NbdebugError, match="no room"):
        pool_edges(5, 0)


@given(arrays(np.float64, st.integers(1, 200), elements=finite), st.integers(1, 40))
def test_a_decimated_line_keeps_its_extremes(values, pixels):
    positions, kept = decimate(values, pixels)
    assert len(kept) <= max(2 * pixels, len(values) if len(values) <= 2 * pixels else 0)
    assert np.all(np.diff(positions) > 0)
    np.testing.assert_array_equal(values[positions], kept)
    edges = pool_edges(len(values), pixels)
    for start, end in pairwise(edges):
        inside = kept[(positions >= start) & (positions < end)]
        assert inside.min() == values[start:end].min()
        assert inside.max() == values[start:end].max()


def test_a_gap_stays_a_gap():
    values = np.arange(100.0)
    values[40:60] = np.nan
    positions, kept = decimate(values, 10)
    assert np.isnan(kept[(positions >= 40) & (positions < 60)]).all()
    assert np.isfinite(kept[positions < 40]).all()
