import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nbdebug.measure.quantise import NOT_FINITE, quantise

values_of_any_kind = arrays(
    np.float32, st.tuples(st.integers(1, 20), st.integers(1, 5)), elements=st.floats(-(2.0**100), 2.0**100, width=32)
)


@given(values_of_any_kind)
def test_no_value_is_off_by_more_than_the_bound(values):
    found = quantise(values)
    off = np.abs(found.values().astype(np.float64) - values)
    assert np.all(off <= found.error)


def test_a_quarter_of_the_bytes_and_half_a_level_of_error():
    values = np.random.default_rng(0).normal(size=(4096, 8)).astype(np.float32)
    found = quantise(values)
    assert found.codes.nbytes * 4 == values.nbytes
    half_level = (values.max(axis=0) - values.min(axis=0)) / 254 / 2
    np.testing.assert_allclose(found.error, half_level, rtol=1e-3)


def test_each_unit_has_a_scale_of_its_own():
    values = np.stack([np.linspace(0, 1e-6, 50), np.linspace(0, 1e6, 50)], axis=1).astype(np.float32)
    assert np.abs(quantise(values).values()[:, 0] - values[:, 0]).max() < 3e-9


def test_what_is_not_finite_says_so_and_spoils_nothing():
    values = np.array([[1, np.nan], [np.inf, np.nan], [3, np.nan]], np.float32)
    found = quantise(values)
    assert (found.codes == NOT_FINITE).tolist() == [[False, True], [True, True], [False, True]]
    np.testing.assert_allclose(found.values()[:, 0], [1, np.nan, 3])


def test_a_constant_unit_is_exact():
    values = np.full((5, 1), 0.3, np.float32)
    np.testing.assert_array_equal(quantise(values).values(), values)
