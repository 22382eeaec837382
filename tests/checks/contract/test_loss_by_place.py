"""Losses that depend on the order of a batch, and losses of whole batches that do not."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers, ops

from nbdebug.checkup import check

X = np.random.default_rng(0).normal(size=(64, 5)).astype("float32")
Y = X[:, :1] + 0.1


def found_by(loss, x=X, y=Y, **fit):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((5,)), layers.Dense(1)])
    model.compile("adam", loss)
    report = check(model, x, y, only=["loss_by_place"], **fit)
    assert [v.kind for v in report.verdicts] in (["clear"], ["found"]), report.verdicts
    return [(f.severity, f.cause) for f in report.findings]


def running(_y, score):
    return -ops.mean(score - ops.log(ops.cumsum(ops.exp(score), axis=0)))


def running_sorted(y, score):
    return running(y, ops.take(score, ops.argsort(-y[:, 0]), axis=0))


def steps(_y, score):
    """Of triplets: the second is to be nearer to the first than the third is."""
    return ops.mean(ops.maximum(ops.abs(score[0:-2:3] - score[1:-1:3]) - ops.abs(score[0:-2:3] - score[2::3]) + 1, 0.0))


def correlation(y, score):
    a, b = y - ops.mean(y), score - ops.mean(score)
    return -ops.sum(a * b) / ops.sqrt(ops.sum(a**2) * ops.sum(b**2))


def all_pairs(y, score):
    return ops.mean(ops.softplus(-ops.sign(y - ops.transpose(y)) * (score - ops.transpose(score))))


def noisy(y, score):
    return ops.mean((y - score) ** 2 * keras.random.uniform(ops.shape(y)))


@pytest.mark.parametrize("loss", [running, steps])
def test_another_order_is_another_loss(loss):
    assert found_by(loss) == [("warning", "loss")]
    assert found_by(loss, epochs=2) == [("error", "loss")]
    assert found_by(loss, epochs=2, shuffle=False) == []


def test_the_order_of_a_data_set_is_its_own():
    batches = tf.data.Dataset.from_tensor_slices((X, Y)).batch(16)
    assert found_by(running, x=batches, y=None, epochs=2) == [("warning", "loss")]


@pytest.mark.parametrize("loss", [running_sorted, correlation, all_pairs, noisy, "mse"])
def test_the_order_does_not_matter(loss):
    assert found_by(loss) == []
