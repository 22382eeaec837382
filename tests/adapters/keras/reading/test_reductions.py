"""The reductions in TensorFlow against the accumulator in numpy."""

import numpy as np
import pytest
import tensorflow as tf

from nbdebug.adapters.keras.reading.reductions import QUANTITIES, unit_histogram, unit_table
from nbdebug.measure.histogram_edges import EDGES, N_BINS, bins
from nbdebug.measure.moments import Moments

random = np.random.default_rng(0)


def _normal(positions, units=3):
    return random.normal(size=(4, positions, units)).astype("float32")


def _spoilt():
    values = _normal(64)
    values[0, 3, 0], values[1, 5, 1], values[2, 7, 1] = np.nan, np.inf, -np.inf
    return values


def _far_off():
    values = _normal(1024)
    return values * np.float32([1, 1e-2, 0]) + np.float32([0, 100, 7])


def _table(values, mask, bounds, rectified=False):
    counted = None if mask is None else tf.constant(mask[..., None])
    table = tf.function(lambda t: unit_table(t, counted, bounds, rectified), autograph=False)(tf.constant(values))
    return dict(zip(QUANTITIES, table.numpy(), strict=True))


VALUES = {
    "normal": _normal(128),
    "prime": _normal(101),
    "single": _normal(1),
    "relu": np.maximum(_normal(96), 0),
    "tanh": np.tanh(3 * _normal(96)),
    "eight units": np.maximum(_normal(48, 8), 0),
    "odd units": np.maximum(_normal(40, 7), 0),
    "dead": np.zeros((4, 64, 2), "float32"),
    "spoilt": _spoilt(),
    "only NaN": np.full((2, 32, 2), np.nan, "float32"),
    "far off": _far_off(),
    "huge": 1e25 * _normal(64),
    "float64": 1e8 + _normal(64).astype("float64"),
}
BOUNDS = [None, (-1.0, 1.0), (None, 6.0)]


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("bounds", BOUNDS)
@pytest.mark.parametrize("what", VALUES)
def test_table_is_that_of_the_accumulator(what, bounds, masked):
    values = VALUES[what]
    mask = random.random(values.shape[:2]) < 0.7 if masked else None
    found = _table(values, mask, bounds)
    naive = Moments.empty(values.shape[-1], bounds=bounds)
    naive.update(values, mask)
    for name in ("count", "zeros", "saturated", "not_finite"):
        np.testing.assert_array_equal(found[name], getattr(naive, name), err_msg=name)
    some = naive.count > naive.not_finite
    for name in ("minimum", "maximum"):
        np.testing.assert_array_equal(found[name][some], getattr(naive, name)[some], err_msg=name)
    spread = np.sqrt(naive.m2 / np.maximum(naive.count, 1))
    np.testing.assert_allclose(found["mean"], naive.mean, rtol=3e-7, atol=1e-6 * spread.max())
    np.testing.assert_allclose(np.sqrt(found["m2"]), np.sqrt(naive.m2), rtol=5e-6, atol=1e-6)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        np.maximum(_normal(96), 0),
        np.maximum(_normal(96) + np.float32([0, 9, 0]), 0),  # a unit that is never zero
        np.maximum(_normal(96), 0.25),
        np.maximum(_spoilt(), 0),
        np.zeros((4, 64, 2), "float32"),
    ],
)
def test_what_is_rectified_has_the_same_table(values, masked):
    mask = random.random(values.shape[:2]) < 0.7 if masked else None
    quick, plain = (_table(values, mask, None, rectified) for rectified in (True, False))
    for name in QUANTITIES:
        np.testing.assert_array_equal(quick[name], plain[name], err_msg=name)


def test_nothing_counted_is_nothing():
    found = _table(_normal(32), np.zeros((4, 32), bool), (0.0, 1.0))
    for name in ("count", "zeros", "saturated", "not_finite", "m2"):
        assert not found[name].any()


def test_histogram_is_that_of_the_bins():
    near = [np.nextafter(EDGES.astype("float32"), way) for way in (-np.inf, np.inf)]
    values = np.concatenate([EDGES, [0.0, -0.0, 1e-30, 1e30], random.normal(size=5_000)]).astype("float32")
    spread = random.normal(size=100_000) * 10 ** random.uniform(-9, 9, size=100_000)
    for array, off in ((values, 0), (spread.astype("float32"), 1e-5), (np.concatenate(near), 1.0)):
        found = unit_histogram(tf.constant(array.reshape(1, -1, 1)), None).numpy()
        assert np.abs(np.cumsum(found - np.bincount(bins(array), minlength=N_BINS))).max() <= off * len(array)


def test_histogram_leaves_out_what_is_masked_or_not_finite():
    values = _spoilt()
    mask = random.random(values.shape[:2]) < 0.7
    found = unit_histogram(tf.constant(values), tf.constant(mask[..., None])).numpy().reshape(-1, N_BINS)
    kept = np.isfinite(values) & mask[..., None]
    np.testing.assert_array_equal(found.sum(axis=1), kept.sum(axis=(0, 1)))
    for unit in range(3):
        expected = np.bincount(bins(values[..., unit][kept[..., unit]]), minlength=N_BINS)
        np.testing.assert_array_equal(found[unit], expected)
