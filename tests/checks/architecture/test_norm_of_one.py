"""Normalisations that leave nothing, and such that do not."""

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.checkup import check


def findings(shape, layer):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input(shape), layer, layers.Flatten(), layers.Dense(4, "relu"), layers.Dense(1)])
    model.compile("adam", "mse")
    x = np.random.default_rng(0).normal(size=(64, *shape)).astype("float32")
    report = check(model, x, x.reshape(64, -1)[:, :1], only=["norm_of_one"], epochs=5, batch_size=32)
    assert [v.why for v in report.verdicts if v.kind in ("broke", "unfit")] == []
    if report.findings:
        assert not np.ptp(np.asarray(model.layers[0](x)), axis=0).any(), "nothing is left of the input"
    else:
        assert np.ptp(np.asarray(model.layers[0](x)), axis=0).any()
    return report.findings


@pytest.mark.parametrize(
    ("shape", "layer"),
    [
        ((1,), layers.LayerNormalization),
        ((5, 1), layers.LayerNormalization),
        ((6,), lambda: layers.GroupNormalization(groups=6)),
        ((6,), lambda: layers.GroupNormalization(groups=-1)),
    ],
)
def test_each_number_by_itself(shape, layer):
    (found,) = findings(shape, layer())
    assert (found.severity, found.measured) == ("error", 1.0)


@pytest.mark.parametrize(
    ("shape", "layer"),
    [
        ((2,), layers.LayerNormalization),
        ((5, 1), lambda: layers.LayerNormalization(axis=(1, 2))),
        ((6,), lambda: layers.GroupNormalization(groups=3)),
        ((4, 4, 6), lambda: layers.GroupNormalization(groups=-1)),
        ((1,), layers.BatchNormalization),
        ((1,), lambda: layers.LayerNormalization(rms_scaling=True)),
    ],
)
def test_several_together(shape, layer):
    assert not findings(shape, layer())
