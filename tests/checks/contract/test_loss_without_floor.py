"""Losses of the user's own, with and without a lowest value where predictions are right."""

import keras
import numpy as np
import pytest
from keras import ops

from nbdebug.checkup import check


def signed(y, prediction):
    return ops.mean(y - prediction, axis=-1)


def square(y, prediction):
    return ops.mean((y - prediction) ** 2, axis=-1)


def pinball(y, prediction):
    return ops.mean(ops.maximum(0.9 * (y - prediction), -0.1 * (y - prediction)), axis=-1)


def critic(y, prediction):
    return ops.mean(y * prediction, axis=-1)


def found_by(loss, y):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, name="price")])
    model.compile("adam", loss)
    return check(model, np.random.default_rng(0).normal(size=(64, 3)).astype("float32"), y, only=["loss_without_floor"])


def numbers():
    return np.random.default_rng(1).normal(size=(64, 1)).astype("float32")


def test_a_difference_without_a_square():
    (found,) = found_by(signed, numbers()).findings
    assert (found.severity, found.cause, found.output) == ("error", "loss", "price")
    assert found.measured < found.threshold


@pytest.mark.parametrize("loss", [square, pinball, "mse"])
def test_a_loss_that_is_lowest_where_predictions_are_right(loss):
    assert not found_by(loss, numbers()).findings


def test_a_critic_is_meant_to_have_no_floor():
    assert not found_by(critic, np.sign(numbers())).findings


def test_labels_in_one_row_are_held_against_a_column():
    assert found_by(signed, numbers()[:, 0]).findings
