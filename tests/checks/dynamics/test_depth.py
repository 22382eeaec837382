"""Gradients on their way through many layers."""

import keras
import numpy as np
import pytest
from checks.dynamics.planted import blobs, classifier

from nbdebug.adapters.keras.copying.trainer import Copies
from nbdebug.checkup import check

FIT = {"epochs": 30, "batch_size": 32}


def deep(depth, activation="relu", initial="glorot_uniform"):
    keras.utils.set_random_seed(0)
    hidden = [keras.layers.Dense(16, activation=activation, kernel_initializer=initial) for _ in range(depth)]
    model = keras.Sequential([keras.Input((8,)), *hidden, keras.layers.Dense(1, activation="sigmoid", name="risk")])
    model.compile(keras.optimizers.Adam(0.001), "binary_crossentropy")
    return model


def findings(model):
    x, y = blobs()
    report = check(model, x, y, only=["gradient_across_depth"], **FIT)
    assert [v.why for v in report.verdicts if v.kind in ("broke", "unfit")] == []
    return report.findings


def test_the_first_gradient_is_that_of_backpropagation():
    """A single linear unit under a squared error: its gradient is known."""
    x, _ = blobs(n=32)
    y = x[:, :1]
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, kernel_initializer="zeros", name="price")])
    model.compile("adam", "mse")
    found = Copies(model, {"input": x}, {"price": y}, 32).gradients()
    known = np.append((-2 * y * x).mean(axis=0), -2 * y.mean())
    assert found == {"price": pytest.approx(float(np.sqrt((known**2).mean())), rel=1e-4)}


def test_sigmoids_that_let_the_gradient_die():
    (found,) = findings(deep(10, "sigmoid"))
    assert found.cause == "hidden_activation"
    assert found.measured < 1e-3


def test_weights_too_small_for_so_many_rectifiers():
    (found,) = findings(deep(8, initial=keras.initializers.RandomNormal(stddev=0.02, seed=3)))
    assert found.cause == "initialization"
    assert found.measured != found.threshold


@pytest.mark.parametrize("model", [lambda: deep(8, initial="he_uniform"), lambda: deep(5, "tanh"), classifier])
def test_gradients_that_arrive(model):
    assert not findings(model())
