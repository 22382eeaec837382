"""Weights of zeros that can never move, and weights of zeros that soon do."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

X = np.random.default_rng(0).normal(size=(96, 6)).astype("float32")
Y = (X[:, :1] * X[:, 1:2]).astype("float32")


class Product(layers.Layer):
    """The product of two linear maps of its own, which begin as told."""

    def __init__(self, left, right, **kwargs):
        super().__init__(**kwargs)
        self.begins = left, right

    def build(self, shape):
        self.left = self.add_weight(shape=(shape[-1], 3), initializer=self.begins[0], name="left")
        self.right = self.add_weight(shape=(shape[-1], 3), initializer=self.begins[1], name="right")

    def call(self, x):
        return ops.sum(ops.matmul(x, self.left) * ops.matmul(x, self.right), axis=-1, keepdims=True)

    def get_config(self):
        return {**super().get_config(), "left": self.begins[0], "right": self.begins[1]}


def findings(make, rate=0.01):
    keras.utils.set_random_seed(0)
    row = keras.Input((6,))
    model = keras.Model(row, make(row))
    model.compile(keras.optimizers.Adam(rate), "mse")
    return check(model, X, Y, only=["stuck_at_zero"], epochs=5, batch_size=16)


def test_two_factors_that_are_both_nothing():
    (found,) = findings(lambda row: layers.Dense(1)(row) + Product("zeros", "zeros", name="product")(row)).findings
    assert (found.layer, found.severity, found.cause) == ("product", "error", "initialization")
    assert [path.split("/")[-1] for path in found.evidence["weights"]] == ["left", "right"]


@pytest.mark.parametrize(
    "make",
    [
        lambda row: layers.Dense(1)(row) + Product("zeros", "glorot_uniform")(row),
        lambda row: layers.Dense(1, kernel_initializer="zeros")(layers.Dense(8, "tanh")(row)),
        lambda row: row[:, :1] + layers.Dense(1, kernel_initializer="zeros")(layers.Dense(8, "gelu")(row)),
    ],
    ids=["one factor", "a head", "a branch"],
)
def test_zeros_that_something_else_moves(make):
    report = findings(make)
    assert [verdict.kind for verdict in report.verdicts] == ["clear"]


def test_a_rate_of_nothing_moves_nothing():
    assert [verdict.kind for verdict in findings(lambda row: layers.Dense(1)(row), rate=0.0).verdicts] == ["unfit"]
