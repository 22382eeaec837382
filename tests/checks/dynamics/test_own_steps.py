"""Training steps of the user's own code: what is planted in them, and what must be left alone."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from checks.dynamics.planted import blobs

from nbdebug.checkup import check


class Squares(keras.Model):
    """A step as the Keras guide writes it, with a loss of its own."""

    applied = True

    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(16, activation="relu")
        self.price = keras.layers.Dense(1)

    def call(self, x):
        return self.price(self.hidden(x))

    def error(self, y, prediction):
        return tf.reduce_mean(tf.square(y - prediction))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.error(y, self(x, training=True))
        if self.applied:
            self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


class Idle(Squares):
    applied = False


class Aligned(Squares):
    def error(self, y, prediction):
        return tf.reduce_mean(tf.square(y - prediction[:, 0]))


class Rebuilding(Squares):
    """Takes its inputs for labels, whatever it is given as labels."""

    def __init__(self):
        super().__init__()
        self.price = keras.layers.Dense(8)

    def train_step(self, data):
        x, _ = data
        return super().train_step((x, x))


class Noisy(Squares):
    def error(self, y, prediction):
        return super().error(y + tf.random.normal(tf.shape(y)), prediction)


def made(kind, rate=0.01):
    keras.utils.set_random_seed(0)
    model = kind()
    model(np.zeros((1, 8), "float32"))
    model.compile(keras.optimizers.Adam(rate))
    return model


def judged(model, x, y, name):
    report = check(model, x, y, only=[name], epochs=5, batch_size=32)
    (verdict,) = report.verdicts
    assert verdict.kind != "broke", verdict.why
    return report.findings, verdict


def prices(shift=0.0):
    x, _ = blobs()
    return x, x[:, 0] - x[:, 1] + np.float32(shift)


def test_predictions_held_against_the_labels_of_all():
    x, y = prices()
    (found,), _ = judged(made(Squares), x, y, "labels_not_paired")
    assert (found.severity, found.cause) == ("error", "shape")
    assert "(example, 1)" in found.why
    assert "(example)" in found.why
    assert found.fix == "y = y[:, None]"


def test_labels_of_the_shape_of_predictions():
    x, y = prices()
    assert not judged(made(Squares), x, y[:, None], "labels_not_paired")[0]


def test_a_loss_that_makes_a_square_of_equal_shapes():
    x, y = prices()
    (found,), _ = judged(made(Aligned), x, y[:, None], "labels_not_paired")
    assert found.cause == "loss"
    assert "its own label" in found.fix
    assert not judged(made(Aligned), x, y, "labels_not_paired")[0]


@pytest.mark.parametrize("shift", [10.0, 100.0])
def test_labels_far_from_zero_are_paired_all_the_same(shift):
    x, y = prices(shift)
    assert not judged(made(Squares), x, y[:, None], "labels_not_paired")[0]


def test_a_step_that_does_not_look_at_labels():
    x, y = prices()
    assert not judged(made(Rebuilding), x, y, "labels_not_paired")[0]


def test_a_loss_that_draws_at_random_cannot_be_judged():
    x, y = prices()
    found, verdict = judged(made(Noisy), x, y[:, None], "labels_not_paired")
    assert not found
    assert verdict.kind in ("clear", "unfit")


def test_a_step_that_moves_nothing():
    x, y = prices()
    (found,), _ = judged(made(Idle), x, y[:, None], "step_without_update")
    assert (found.severity, found.cause) == ("error", "usage")
    assert len(found.evidence["layers"]) == 2


def test_a_step_that_moves_weights():
    x, y = prices()
    assert not judged(made(Squares), x, y[:, None], "step_without_update")[0]


def test_a_rate_of_zero_is_told_elsewhere():
    x, y = prices()
    found, verdict = judged(made(Squares, rate=0.0), x, y[:, None], "step_without_update")
    assert not found
    assert verdict.kind == "unfit"
