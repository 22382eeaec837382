"""Pictures of arrays: the pixels a browser would show, against the obvious way of computing them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render.pngs import decode

from nbdebug.render.colours import EMPTY, LEVELS, MASKED, NOT_FINITE, palette
from nbdebug.render.raster import colour_scale, picture


def naive(values: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """Each pixel the value of largest magnitude behind it, by loops."""
    height, width = min(len(values), rows), min(values.shape[1], columns)
    out = np.zeros((height, width), np.float32)
    for i in range(height):
        for j in range(width):
            block = values[
                i * len(values) // height : (i + 1) * len(values) // height,
                j * values.shape[1] // width : (j + 1) * values.shape[1] // width,
            ].ravel()
            out[i, j] = max(block, key=abs)
    return out


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.integers(1, 23), st.integers(0, 1000), st.booleans())
def test_pixels_are_the_colours_of_the_largest_magnitudes(n_rows, n_columns, seed, signed):
    values = np.random.default_rng(seed).normal(size=(n_rows, n_columns)).astype(np.float32)
    values = values if signed else np.abs(values)
    made = picture(values, rows=4, columns=7)
    pooled = naive(values, 4, 7)
    share = (pooled - made.scale.low) / (made.scale.high - made.scale.low)
    expected = palette(made.scale.diverging)[np.rint(share * (LEVELS - 1)).astype(int)]
    found = decode(made.png).astype(int)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= 8  # one level of the scale, where rounding may differ
    assert made.pooled == (n_rows > 4 or n_columns > 7)


def test_one_spike_among_thousands_stands_out():
    values = np.zeros((1, 4096), np.float32)
    values[0, 1234] = -5
    values[0, 3000] = 5
    pixels = decode(picture(values, columns=300).png)
    low, high = palette(True)[0], palette(True)[LEVELS - 1]
    assert (pixels[0, 1234 * 300 // 4096] == low).all()
    assert (pixels[0, 3000 * 300 // 4096] == high).all()


def test_zero_is_the_middle_of_a_diverging_scale():
    values = np.array([[-1.0, 0.0, 4.0]])
    made = picture(values)
    assert (made.scale.low, made.scale.high, made.scale.diverging) == (-4.0, 4.0, True)
    assert (decode(made.png)[0, 1] == palette(True)[LEVELS // 2]).all()


def test_magnitudes_start_at_zero():
    scale = colour_scale(np.array([2.0, 5.0]))
    assert (scale.low, scale.high, scale.diverging) == (0.0, 5.0, False)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_wins_its_pixel_and_is_counted(bad):
    values = np.ones((2, 100), np.float32)
    values[0, 55] = bad
    made = picture(values, columns=10)
    assert made.not_finite == 1
    assert made.scale.high == 1
    pixels = decode(made.png)
    assert (pixels[0, 5] == palette(False)[NOT_FINITE]).all()
    assert (pixels[1, 5] != palette(False)[NOT_FINITE]).any()


def test_masked_pixels_are_those_whose_values_all_are():
    values = np.full((1, 8), 3.0)
    values[0, :3] = 99
    masked = np.array([[True, True, True, False, False, False, False, False]])
    made = picture(values, masked=masked, columns=4)
    assert made.scale.high == 3
    pixels = decode(made.png)[0]
    assert (pixels[0] == palette(False)[MASKED]).all()
    assert (pixels[1] == palette(False)[LEVELS - 1]).all()


def test_masked_nan_is_no_fault():
    made = picture(np.array([[np.nan, 1.0]]), masked=np.array([[True, False]]))
    assert made.not_finite == 0
    assert (decode(made.png)[0, 0] == palette(False)[MASKED]).all()


def test_gaps_are_not_drawn():
    made = picture(np.ones((1, 2)), gaps=np.array([[False, True]]))
    assert decode(made.png)[0, :, 3].tolist() == [255, 0]
    assert palette(False)[EMPTY, 3] == 0


@pytest.mark.parametrize("values", [np.zeros((2, 3)), np.full((2, 3), np.nan), np.full((1, 1), 7)])
def test_flat_and_empty_scales_still_make_a_picture(values):
    assert decode(picture(values).png).shape == (*values.shape, 4)


def test_a_large_layer_stays_small():
    values = np.random.default_rng(0).normal(size=(128, 4096)).astype(np.float32)
    assert len(picture(values).png) < 150_000
