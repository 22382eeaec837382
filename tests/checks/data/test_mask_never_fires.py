"""Padding that Masking does not see."""

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.checkup import check

N, TIMES = 60, 20
RANDOM = np.random.default_rng(0)
LENGTHS = RANDOM.integers(4, TIMES, N)
THERE = (np.arange(TIMES) < LENGTHS[:, None])[..., None]
READ = RANDOM.normal(size=(N, TIMES, 2))
Y = (READ[:, 0, 0] > 0).astype("float32")


def findings(x, mask_value=0.0):
    model = keras.Sequential(
        [keras.Input((TIMES, 2)), layers.Masking(mask_value, name="masking"), layers.GRU(3), layers.Dense(1)]
    )
    model.compile("adam", "mse")
    return check(model, x.astype("float32"), Y, only=["mask_never_fires"]).findings


def test_padding_that_was_scaled_along():
    (found,) = findings(np.where(THERE, READ, -5.25))
    assert (found.cause, found.severity, found.layer) == ("input_scaling", "error", "masking")
    assert found.measured == pytest.approx((LENGTHS <= TIMES - 2).mean())
    assert "-5.25" in found.why


@pytest.mark.parametrize(
    ("x", "mask_value"),
    [
        (np.where(THERE, READ, 0.0), 0.0),
        (np.where(THERE, READ, -5.25), -5.25),
        (READ, 0.0),
        (np.where(np.arange(TIMES)[:, None] < 12, READ, 3.0), 0.0),
    ],
    ids=["masked", "masked by another value", "no padding", "all blank for as long"],
)
def test_padding_that_is_masked_or_is_none(x, mask_value):
    assert not findings(x, mask_value)
