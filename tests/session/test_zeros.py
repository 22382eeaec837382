"""No gradient because time is padding, because nothing depends on it, or because it is too small: told apart."""

import keras
import numpy as np
import pytest
from keras import layers
from zoo.models import ZOO

from nbdebug.session import Session

ORDINARY, TINY, NOTHING, PADDED = [0, 3, 4, 5], [1], [2], [6, 7]


class Weigh(layers.Layer):
    """A weight a time: none for one, and so small for another that its square leaves the model's number type."""

    def __init__(self, tiny, **kwargs):
        super().__init__(**kwargs)
        self.tiny, self.supports_masking = tiny, True

    def build(self, shape):
        self.each = self.add_weight(shape=(shape[1], 1), name="each")
        self.each.assign(np.array([1, self.tiny, 0, 1, 1, 1, 1, 1])[:, None])

    def call(self, x):
        return x * self.each


@pytest.fixture(scope="module", params=[("float32", 1e-25), ("mixed_float16", 1e-3)])
def session(request):
    dtype, tiny = request.param
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(0).uniform(1, 2, size=(5, 8, 2)).astype("float32")
    x[:, 6:] = 0
    x[0, 5:] = 0  # padding in one example only
    given = keras.Input((8, 2), name="wave")
    h = Weigh(tiny, name="first")(layers.Masking(name="masked")(given))
    # TensorFlow multiplies two weights beside each other first, and the tiny one would be zero before its gradient is.
    h = Weigh(tiny, name="second")(layers.Dense(2, kernel_initializer="ones", name="between")(h))
    h = layers.Conv1D(1, 1, name="each", use_bias=False, dtype=dtype)(h)
    mean = layers.GlobalAveragePooling1D(name="mean", dtype="float32")(h)
    return Session(keras.Model(given, mean), x)


def _check(found, values, underflow):
    assert found.masked.tolist() == [False] * 6 + [True] * 2
    assert (values[ORDINARY] > 0).all()
    assert not underflow[ORDINARY].any()
    assert not values[NOTHING].any()
    assert not underflow[NOTHING].any()
    assert not values[PADDED].any()
    assert not underflow[PADDED].any()


def test_all_kinds_of_nothing_in_one_record(session):
    found = session.sensitivity()
    _check(found, found.values, found.underflow)
    assert found.underflow[TINY].all()
    assert found.no_reach


def test_padding_in_one_example_only_counts_for_it(session):
    alone = session.sensitivity(examples=0)
    assert alone.masked.tolist() == [False] * 5 + [True] * 3
    assert session.sensitivity(examples=1).masked.tolist() == [False] * 6 + [True] * 2


@pytest.mark.parametrize("at", [0, (0, 3, 5)])
def test_a_unit_at_a_time_tells_them_apart_too(session, at):
    found = session.sensitivity(layer="each", unit=0, at=at)
    values = found.values if isinstance(at, tuple) else found.values[None]
    underflow = found.underflow if isinstance(at, tuple) else found.underflow[None]
    for time, line, small in zip(np.atleast_1d(at), values, underflow, strict=True):
        assert np.flatnonzero(line.any(axis=1)).tolist() == [time]
        assert not small.any()
    tiny = session.sensitivity(layer="each", unit=0, at=1)
    assert np.flatnonzero(tiny.underflow.any(axis=1)).tolist() == TINY
    assert tiny.masked.tolist() == [False] * 6 + [True] * 2


@pytest.mark.parametrize("name", ["mask_zero", "masking"])
def test_padding_of_the_zoo_is_masked_and_nothing_else(name):
    model, x, y = ZOO[name]()
    session = Session(model, x, y)
    padded = (x == 0).reshape(*x.shape[:2], -1).all(axis=(0, 2))
    for question in (
        {},
        {"layer": next(a.name for a in session.layers if a.time_axis and a.type != "Masking"), "unit": 0},
    ):
        found = session.sensitivity(**question)
        np.testing.assert_array_equal(found.masked, padded)
        assert not found.values[padded].any()
        assert not found.underflow.any()
        assert found.values[~padded].any()


@pytest.mark.parametrize("name", [n for n in ZOO if n not in ("mask_zero", "masking", "masked_attention")])
def test_nothing_is_masked_where_there_is_no_mask(name):
    model, x, y = ZOO[name]()
    session = Session(model, x, y)
    found = session.sensitivity(session.outputs[0].name)
    for record in found.values() if isinstance(found, dict) else [found]:
        assert record.masked is None
        assert np.isfinite(record.values).all()
        assert not record.underflow[record.values == 0].any()
