"""Normalising layers whose outputs are raw or lost, and such as they should be."""

import keras
import numpy as np
import pytest

from nbdebug.checkup import check

RANDOM = np.random.default_rng(0)
TABLE = np.c_[RANDOM.normal(2e6, 4e5, 300), RANDOM.uniform(0, 1, 300), RANDOM.normal(20, 5, 300)]
RAW = RANDOM.normal(3000, 900, (300, 3))


def findings(layer, x):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((3,)), layer, keras.layers.Dense(8, "relu"), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    report = check(model, x, x[:, :1] / x[:, :1].max(), only=["normalised_wrongly"], epochs=5, batch_size=32)
    assert [v.why for v in report.verdicts if v.kind in ("broke", "unfit")] == []
    return report.findings


def fitted(x, axis=-1):
    layer = keras.layers.Normalization(axis=axis, name="normalise")
    layer.adapt(x)
    return layer


def test_a_frozen_batch_norm_that_never_saw_the_data():
    (found,) = findings(keras.layers.BatchNormalization(trainable=False, name="norm"), RAW)
    assert (found.cause, found.layer) == ("batch_norm", "norm")
    assert found.measured == pytest.approx(np.sqrt((RAW**2).mean(axis=0)).max(), rel=0.05)


def test_a_batch_norm_that_learns_or_has_learned():
    assert not findings(keras.layers.BatchNormalization(), RAW)
    layer = keras.layers.BatchNormalization(trainable=False)
    layer.build((None, 3))
    layer.set_weights([np.ones(3), np.zeros(3), RAW.mean(0), RAW.var(0)])
    assert not findings(layer, RAW)


def test_one_mean_for_columns_of_different_size():
    (found,) = findings(fitted(TABLE, axis=None), TABLE)
    assert found.cause == "input_scaling"
    assert "2 of 3" in found.why
    assert not findings(fitted(TABLE), TABLE)
    assert not findings(fitted(RAW, axis=None), RAW)


def test_a_normalization_that_was_fitted_to_something_else():
    (found,) = findings(fitted(RAW / 3000), RAW)
    assert found.measured > 100
    assert not findings(fitted(RAW), RAW)
