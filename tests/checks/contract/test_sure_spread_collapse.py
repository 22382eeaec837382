"""Losses of one's own: where predictions are sure, where a number has a spread, where classes lie apart."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

N = 60
RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(N, 5)).astype("float32")
BITS = (X[:, :1] > 0).astype("float32")
CLASSES = np.arange(N) % 4
NUMBERS = (50 * X[:, :1] + 3 * RANDOM.normal(size=(N, 1))).astype("float32")


def findings(name, loss, y, units, activation=None, *, unit_length=False):
    keras.utils.set_random_seed(0)
    above = [layers.UnitNormalization()] if unit_length else []
    model = keras.Sequential([keras.Input((5,)), layers.Dense(units, activation), *above])
    model.compile("adam", loss)
    return check(model, X, y, only=[name]).findings


def entropy(y, p):
    return -ops.mean(y * ops.log(p) + (1 - y) * ops.log(1 - p), axis=-1)


def shifted(y, p):
    return -ops.mean(y * ops.log(p + 1e-7) + (1 - y) * ops.log(1 - p + 1e-7), axis=-1)


def of_logits(y, p):
    return ops.mean(ops.softplus(p) - y * p, axis=-1)


def test_zero_times_the_logarithm_of_zero():
    (found,) = findings("loss_breaks_at_certainty", entropy, BITS, 1, "sigmoid")
    assert (found.cause, found.severity) == ("loss", "warning")
    assert "nan" in found.why


@pytest.mark.parametrize(("loss", "activation"), [(shifted, "sigmoid"), (of_logits, None), (entropy, None)])
def test_what_stays_a_number_or_is_no_share(loss, activation):
    assert not findings("loss_breaks_at_certainty", loss, BITS, 1, activation)


def gaussian(sign):
    def likelihood(y, given):
        mean, log_variance = given[:, :1], given[:, 1:2]
        return ops.mean(0.5 * (log_variance + ops.square(y - mean) * ops.exp(sign * log_variance)), axis=-1)

    return likelihood


def softplus_spread(y, given):
    spread = ops.softplus(given[:, 1:]) + 1e-3
    return ops.mean(ops.log(spread) + ops.square((y - given[:, :1]) / spread), axis=-1)


def pinball(y, given):
    error = y - given
    return ops.mean(ops.maximum(np.float32([0.1, 0.9]) * error, np.float32([-0.9, -0.1]) * error), axis=-1)


def direction(y, given):
    angle = y / 30
    return -ops.mean(ops.cos(angle) * given[:, :1] + ops.sin(angle) * given[:, 1:2], axis=-1)


def test_errors_multiplied_by_the_variance():
    (found,) = findings("spread_without_floor", gaussian(1), NUMBERS, 2)
    assert (found.cause, found.severity) == ("loss", "error")
    assert found.measured < found.threshold < 0
    assert "unit 1 goes down" in found.why


@pytest.mark.parametrize("loss", [gaussian(-1), softplus_spread, pinball])
def test_likelihoods_and_quantiles_have_a_floor(loss):
    assert not findings("spread_without_floor", loss, NUMBERS, 2)


def test_units_that_cannot_go_far_need_no_floor():
    assert not findings("spread_without_floor", direction, NUMBERS, 2, unit_length=True)


def triplet(margin):
    def loss(y, places):
        far = ops.sqrt(ops.sum(ops.square(places[:, None] - places[None]), axis=-1) + 1e-9)
        alike = ops.cast(ops.reshape(y, (-1, 1)) == ops.reshape(y, (1, -1)), "float32")
        return ops.relu(ops.max(far * alike, axis=1) - ops.min(far + 1e3 * alike, axis=1) + margin)

    return loss


def ordinal(y, given):
    above = ops.cast(ops.reshape(y, (-1, 1)) > np.arange(3), "float32")
    return of_logits(above, given)


def sparse(y, given):
    return keras.losses.sparse_categorical_crossentropy(y, given, from_logits=True)


@pytest.mark.parametrize("unit_length", [True, False])
def test_a_margin_that_is_taken_off(unit_length):
    (found,) = findings("collapse_is_best", triplet(-0.3), CLASSES, 6, unit_length=unit_length)
    assert (found.cause, found.severity, found.measured) == ("loss", "warning", 0)


@pytest.mark.parametrize(
    ("loss", "units"), [(triplet(0.3), 6), (ordinal, 3), (sparse, 4), (lambda _y, given: ops.sum(given * 0, -1), 4)]
)
def test_losses_that_tell_classes_apart(loss, units):
    assert not findings("collapse_is_best", loss, CLASSES, units)


def relative(y, p):
    return ops.mean(ops.abs(y - p) / y, axis=-1)


def relative_to_at_least_one(y, p):
    return ops.mean(ops.abs(y - p) / ops.maximum(y, 1.0), axis=-1)


def of_logarithms(y, p):
    return ops.mean(ops.square(ops.log(y) - p), axis=-1)


def of_predicted_logarithms(y, p):
    return ops.mean(ops.square(ops.log(p) - y), axis=-1)


AMOUNTS = np.maximum(np.random.default_rng(0).normal(size=(64, 1)), 0).astype("float32")


@pytest.mark.parametrize(
    ("loss", "labels", "breaks"),
    [
        (relative, AMOUNTS, True),
        (of_logarithms, AMOUNTS, True),
        (relative, AMOUNTS + 0.5, False),
        (relative_to_at_least_one, AMOUNTS, False),
        (of_predicted_logarithms, AMOUNTS, False),  # the predictions are at fault, not the labels
        ("mean_absolute_percentage_error", AMOUNTS, False),
    ],
)
def test_a_loss_that_breaks_at_labels(loss, labels, breaks):
    keras.utils.set_random_seed(0)
    x = np.random.default_rng(1).normal(size=(64, 3)).astype("float32")
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile("adam", loss)
    report = check(model, x, labels, only=["loss_breaks_at_labels"])
    found = report.findings
    assert report.verdicts[0].kind != "broke", report.verdicts
    assert len(found) == breaks
    for finding in found:
        assert finding.measured == np.mean(labels[:64] == 0)
        assert list(finding.examples) == np.flatnonzero(labels[:64, 0] == 0).tolist()
