"""Losses of the user's own that pay for being wrong, and outputs that nothing teaches."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

X = np.random.default_rng(0).normal(size=(48, 3)).astype("float32")
BITS = (np.arange(48) % 3 == 0).astype("float32")[:, None]
CLASSES = np.eye(4, dtype="float32")[np.arange(48) % 4]


def likelihood(y, shares):
    """Without its minus."""
    return ops.mean(y * ops.log(shares) + (1 - y) * ops.log(1 - shares), axis=-1)


def entropy(y, shares):
    return -likelihood(y, shares)


def overlap(y, shares):
    """Dice, 1 at its worst."""
    return 1 - 2 * ops.sum(y * shares, axis=-1) / (ops.sum(y + shares, axis=-1) + 1e-6)


def found_by(loss, y, activation):
    head = layers.Dense(y.shape[-1], activation=activation, name="state")
    model = keras.Sequential([keras.Input((3,)), head])
    model.compile("adam", loss)
    return check(model, X, y, only=["loss_upside_down"]).findings


@pytest.mark.parametrize(("y", "activation"), [(BITS, "sigmoid"), (CLASSES, "softmax")])
def test_a_loss_without_its_minus(y, activation):
    (found,) = found_by(likelihood, y, activation)
    assert (found.severity, found.cause) == ("error", "loss")
    assert found.measured > found.threshold


@pytest.mark.parametrize(("y", "activation"), [(BITS, "sigmoid"), (CLASSES, "softmax")])
@pytest.mark.parametrize("loss", [entropy, overlap])
def test_a_loss_that_pays_for_being_right(loss, y, activation):
    assert not found_by(loss, y, activation)


def smoothed(share, activation):
    kind = keras.losses.BinaryCrossentropy if activation == "sigmoid" else keras.losses.CategoricalCrossentropy
    return kind(label_smoothing=share)


@pytest.mark.parametrize(("y", "activation"), [(BITS, "sigmoid"), (CLASSES, "softmax")])
def test_labels_that_were_smoothed_away(y, activation):
    (found,) = found_by(smoothed(1.0, activation), y, activation)
    assert found.cause == "loss"
    assert "smoothing" in found.fix
    assert not found_by(smoothed(0.1, activation), y, activation)


def two(weights):
    given = keras.Input((3,))
    outputs = {name: layers.Dense(1, activation="sigmoid", name=name)(given) for name in ("ill", "old")}
    model = keras.Model(given, outputs)
    model.compile("adam", "binary_crossentropy", loss_weights=weights)
    return check(model, X, {"ill": BITS, "old": BITS}, only=["weightless_output"]).findings


def test_an_output_of_no_weight():
    (found,) = two({"ill": 0.0, "old": 1.0})
    assert (found.output, found.layer) == ("ill", "ill")


@pytest.mark.parametrize("weights", [None, {"ill": 0.01, "old": 1.0}])
def test_outputs_that_all_count(weights):
    assert not two(weights)
