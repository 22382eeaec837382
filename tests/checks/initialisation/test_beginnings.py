"""Biases that begin far out, states that explode, heads that are one: planted, mended, and what is like them."""

import keras
import numpy as np
import pytest

from nbdebug.checkup import check

FIT = {"epochs": 10, "batch_size": 32}
X = np.random.default_rng(0).normal(size=(256, 6)).astype("float32")
Y = (X[:, 0] > 0).astype("float32")


def findings(model, y, name, x=X):
    report = check(model, x, y, only=[name], **FIT)
    assert [v.why for v in report.verdicts if v.kind in ("broke", "unfit")] == []
    return report.findings


def biased(value, activation="sigmoid", units=1, loss="binary_crossentropy", hidden=0.0, between="tanh"):
    keras.utils.set_random_seed(0)
    inner = keras.layers.Dense(
        8, activation=between, bias_initializer=keras.initializers.Constant(hidden), name="inner"
    )
    head = keras.layers.Dense(
        units, activation=activation, bias_initializer=keras.initializers.Constant(value), name="head"
    )
    model = keras.Sequential([keras.Input((6,)), inner, head])
    model.compile("adam", loss)
    return model


@pytest.mark.parametrize("value", [30.0, -15.0])
def test_a_head_that_is_shut(value):
    (found,) = findings(biased(value), Y, "bias_far_out")
    assert (found.layer, found.cause) == ("head", "initialization")
    assert found.measured == pytest.approx(abs(value), abs=1)


def test_a_head_of_logits_that_is_shut():
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    assert findings(biased(30.0, None, loss=loss), Y, "bias_far_out")
    assert not findings(biased(30.0, None, loss="mse"), Y, "bias_far_out")


def test_a_softmax_that_leans_over():
    values = np.array([25.0, 0.0, 0.0], "float32")
    keras.utils.set_random_seed(0)
    lean = lambda shape, dtype=None: keras.ops.convert_to_tensor(values, dtype)  # noqa: ARG005, E731
    head = keras.layers.Dense(3, activation="softmax", bias_initializer=lean, name="head")
    model = keras.Sequential([keras.Input((6,)), head])
    model.compile("adam", "sparse_categorical_crossentropy")
    y = np.arange(256) % 3
    assert findings(model, y, "bias_far_out")
    assert not findings(biased(25.0, "softmax", 3, "sparse_categorical_crossentropy"), y, "bias_far_out")


def test_a_hidden_layer_that_is_shut():
    (found,) = findings(biased(0.0, hidden=20.0), Y, "bias_far_out")
    assert found.layer == "inner"
    assert not findings(biased(0.0, hidden=20.0, between="relu"), Y, "bias_far_out")


@pytest.mark.parametrize(("value", "hidden"), [(0.0, 0.0), (2.0, -3.0), (-7.0, 1.0)])
def test_biases_as_they_are_used(value, hidden):
    assert not findings(biased(value, hidden=hidden), Y, "bias_far_out")


def test_the_logarithm_of_the_odds_of_a_very_rare_class():
    x = np.random.default_rng(0).normal(size=(40_000, 6)).astype("float32")
    y = np.zeros(40_000, "float32")
    y[0] = 1
    assert not findings(biased(float(np.log(1 / 39_999))), y, "bias_far_out", x)


def recurrent(**given):
    keras.utils.set_random_seed(0)
    model = keras.Sequential(
        [keras.Input((60, 2)), keras.layers.SimpleRNN(12, name="memory", **given), keras.layers.Dense(1)]
    )
    model.compile("adam", "mse")
    return model


TIMES = np.random.default_rng(0).normal(size=(64, 60, 2)).astype("float32")


def test_a_state_that_explodes():
    model = recurrent(activation="relu", recurrent_initializer=keras.initializers.Identity(1.5))
    (found,) = findings(model, TIMES[:, 0, :1], "recurrence_explodes", TIMES)
    assert (found.layer, found.severity) == ("memory", "error")
    assert found.measured > 1e6


@pytest.mark.parametrize(
    "given",
    [{}, {"activation": "relu"}, {"activation": "relu", "recurrent_initializer": "identity"}],
    ids=["tanh", "relu", "identity"],
)
def test_states_that_stay_in_bounds(given):
    assert not findings(recurrent(**given), TIMES[:, 0, :1], "recurrence_explodes", TIMES)


def two_heads(shared, zero=False):
    keras.utils.set_random_seed(0)
    given = keras.Input((6,))
    h = keras.layers.Dense(8, activation="relu")(given)
    start = "zeros" if zero else "glorot_uniform"
    one, other = (keras.layers.Dense(1, kernel_initializer=start) for _ in range(2))
    second = one if shared else other
    out = keras.layers.Identity(name="sun")(one(h)), keras.layers.Identity(name="rain")(second(h))
    model = keras.Model(given, list(out))
    model.compile("adam", loss=["mse", "mse"])
    return model


def test_one_layer_for_two_labels():
    (found,) = findings(two_heads(shared=True), [X[:, :1], X[:, 1:2]], "heads_alike")
    assert (found.severity, found.cause) == ("error", "layers")
    assert "sun" in found.why
    assert "rain" in found.why


def test_two_layers_or_one_label():
    assert not findings(two_heads(shared=False), [X[:, :1], X[:, 1:2]], "heads_alike")
    assert not findings(two_heads(shared=True), [X[:, :1], X[:, :1]], "heads_alike")
    assert not findings(two_heads(shared=False, zero=True), [X[:, :1], X[:, 1:2]], "heads_alike")


def bounded(inner, trainable=True):
    keras.utils.set_random_seed(0)
    inner.trainable = trainable
    model = keras.Sequential([keras.Input((6,)), inner, keras.layers.Dense(1)])
    model.compile("adam", "mse")
    return model


def test_inputs_of_another_scale_than_frozen_weights_are_for():
    model = bounded(keras.layers.Dense(16, activation="tanh", name="base"), trainable=False)
    (found,) = findings(model, Y, "saturated_layer", 300 * X)
    assert (found.cause, found.layer) == ("input_scaling", "base")
    assert not findings(model, Y, "saturated_layer", X)


@pytest.mark.parametrize("follows", [True, False])
def test_a_batch_norm_that_trains_takes_the_scale_away(follows):
    layers = [keras.layers.BatchNormalization(trainable=follows), keras.layers.Dense(16, "tanh")]
    model = keras.Sequential([keras.Input((6,)), *layers, keras.layers.Dense(1, "sigmoid")])
    model.compile("adam", "binary_crossentropy")
    assert bool(findings(model, Y, "saturated_layer", 300 * X)) is not follows


def test_weights_that_begin_too_large():
    large = keras.initializers.RandomNormal(stddev=200.0, seed=1)
    (found,) = findings(bounded(keras.layers.Dense(16, "sigmoid", kernel_initializer=large)), Y, "saturated_layer")
    assert found.cause == "initialization"
    assert found.measured == pytest.approx(1.0, abs=0.1)


def test_a_network_that_has_been_trained_may_have_made_up_its_mind():
    large = keras.initializers.RandomNormal(stddev=200.0, seed=1)
    model = bounded(keras.layers.Dense(16, "sigmoid", kernel_initializer=large))
    model.fit(X, Y, verbose=0)
    (verdict,) = check(model, X, Y, only=["saturated_layer"], **FIT).verdicts
    assert verdict.kind == "unfit"
