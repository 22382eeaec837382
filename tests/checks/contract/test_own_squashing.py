"""Losses of the user's own and heads: squashed once, twice or not at all."""

import keras
import numpy as np
import pytest
from keras import layers, losses, ops

from nbdebug.checkup import check

X = np.random.default_rng(0).normal(size=(48, 3)).astype("float32")
BITS = (np.arange(48) % 3 == 0).astype("float32")[:, None]
TAGS = (np.random.default_rng(1).random((48, 4)) < 0.3).astype("float32")
CLASSES = np.eye(4, dtype="float32")[np.arange(48) % 4]


def entropy(y, shares):
    return -ops.mean(y * ops.log(shares + 1e-6) + (1 - y) * ops.log(1 - shares + 1e-6), axis=-1)


def of_class(y, shares):
    return -ops.sum(y * ops.log(ops.clip(shares, 1e-7, 1.0)), axis=-1)


def dice(y, shares):
    return 1 - 2 * ops.sum(y * shares) / (ops.sum(y) + ops.sum(shares) + 1e-6)


def entropy_and_dice(y, shares):
    return losses.binary_crossentropy(y, shares) + dice(y, shares)


def focal(y, shares):
    right = ops.clip(ops.where(y > 0.5, shares, 1 - shares), 1e-7, 1.0)
    return ops.mean(-((1 - right) ** 2) * ops.log(right), axis=-1)


def square(y, given):
    return ops.mean((y - given) ** 2, axis=-1)


def hinge(y, margin):
    return ops.mean(ops.maximum(1 - (2 * y - 1) * margin, 0.0), axis=-1)


def of_logits(loss, squash=ops.sigmoid):
    return lambda y, logits: loss(y, squash(logits))


def smoothed(y, logits):
    return losses.binary_crossentropy(y, logits, from_logits=True, label_smoothing=0.1)


BOTH = ["own_loss_of_shares", "own_loss_of_logits"]
OF_SHARES = [(entropy, BITS), (entropy, TAGS), (of_class, CLASSES), (entropy_and_dice, TAGS), (focal, BITS)]
OF_LOGITS = [
    (of_logits(entropy), BITS),
    (of_logits(entropy_and_dice), TAGS),
    (of_logits(of_class, ops.softmax), CLASSES),
    (of_logits(focal), TAGS),
    (hinge, BITS),
]


def found_by(loss, y, *above):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(y.shape[-1]), *above])
    model.compile("adam", loss)
    report = check(model, X, y, only=BOTH)
    assert [verdict.kind for verdict in report.verdicts if verdict.kind in ("broke", "unfit")] == []
    return [(found.check, found.severity, found.cause) for found in report.findings]


def squash_of(y):
    return layers.Softmax() if y is CLASSES else layers.Activation("sigmoid")


@pytest.mark.parametrize(("loss", "y"), OF_SHARES)
def test_a_logarithm_of_raw_numbers(loss, y):
    assert found_by(loss, y) == [("own_loss_of_shares", "error", "output_activation")]
    assert not found_by(loss, y, squash_of(y))


def counts(y, rate):
    """Of Poisson."""
    return ops.mean(rate - y * ops.log(rate + 1e-7), axis=-1)


@pytest.mark.parametrize("squash", ["softplus", "relu", "exponential"])
def test_a_head_above_nothing(squash):
    assert not found_by(counts, BITS, layers.Activation(squash))
    assert found_by(entropy, BITS, layers.Activation(squash)) == [("own_loss_of_shares", "error", "output_activation")]


@pytest.mark.parametrize(("loss", "y"), OF_LOGITS)
def test_squashed_twice(loss, y):
    assert found_by(loss, y, squash_of(y)) == [("own_loss_of_logits", "error", "loss")]
    assert not found_by(loss, y)


@pytest.mark.parametrize("squashed", [False, True])
@pytest.mark.parametrize("loss", [square, dice])
def test_neither_a_logarithm_nor_logits(loss, squashed):
    assert not found_by(loss, TAGS, *([squash_of(TAGS)] if squashed else []))


def test_smoothed_labels_of_logits_over_a_linear_head():
    assert not found_by(smoothed, BITS)


def test_keras_own_losses_are_left_to_other_checks():
    assert not found_by(losses.BinaryCrossentropy(from_logits=True), BITS, squash_of(BITS))
    assert not found_by("binary_crossentropy", BITS)
