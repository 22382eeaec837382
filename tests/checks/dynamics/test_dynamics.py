"""Each dynamic alarm: the fault it is for, and what it must be silent about."""

import keras
import numpy as np
import pytest
from checks.dynamics.planted import blobs, classifier, regressor

import nbdebug
from nbdebug.checkup import check

FIT = {"epochs": 30, "batch_size": 32}


def findings(model, x, y, name, **fit):
    report = check(model, x, y, only=[name], **fit)
    assert [v.kind for v in report.verdicts] != ["broke"], report.verdicts
    return report.findings


def test_a_learning_rate_that_is_too_high():
    x, y = blobs()
    (found,) = findings(classifier(optimizer=keras.optimizers.Adam(30.0)), x, y, "learning_rate_too_high", **FIT)
    assert (found.cause, found.severity) == ("learning_rate", "error")
    assert found.measured == pytest.approx(30.0)
    assert found.threshold <= 3.0
    assert len(found.evidence["curves"]["mended"]) > 3


def test_a_learning_rate_that_makes_the_loss_infinite():
    x, _ = blobs()
    y = x.sum(axis=1, keepdims=True)
    (found,) = findings(regressor(keras.optimizers.SGD(50.0)), x, y, "learning_rate_too_high", **FIT)
    assert found.cause == "learning_rate"


@pytest.mark.parametrize("rate", [1e-4, 1e-3, 1e-2])
def test_a_sound_learning_rate_is_not_too_high(rate):
    x, y = blobs()
    assert not findings(classifier(optimizer=keras.optimizers.Adam(rate)), x, y, "learning_rate_too_high", **FIT)


def test_labels_without_signal_are_not_blamed_on_the_learning_rate():
    x, _ = blobs()
    y = np.random.default_rng(5).integers(0, 2, len(x))
    assert not findings(classifier(), x, y, "learning_rate_too_high", **FIT)


def test_a_learning_rate_that_is_too_low_for_this_fit():
    x, y = blobs()
    model = classifier(optimizer=keras.optimizers.SGD(1e-6))
    (found,) = findings(model, x, y, "learning_rate_too_low", epochs=5, batch_size=32)
    assert found.measured == pytest.approx(1e-6)
    assert found.threshold >= 1e-5


def test_a_low_learning_rate_with_enough_updates_is_sound():
    x, y = blobs()
    model = classifier(optimizer=keras.optimizers.Adam(1e-5))
    assert not findings(model, x, y, "learning_rate_too_low", epochs=20_000, batch_size=32)


def test_a_stack_of_sigmoids_that_does_not_learn():
    x, y = blobs()
    (found,) = findings(classifier("sigmoid", depth=6), x, y, "squashing_stack", **FIT)
    assert found.cause == "hidden_activation"
    assert found.layer == "hidden_0"


def test_one_hidden_sigmoid_that_learns_is_sound():
    x, y = blobs()
    assert not findings(classifier("tanh", depth=1, optimizer=keras.optimizers.Adam(0.05)), x, y, "squashing_stack")


def test_inputs_so_large_that_nothing_is_learned():
    x, y = blobs(scale=500.0)
    (found,) = findings(classifier("tanh", optimizer=keras.optimizers.Adam(0.01)), x, y, "input_scale", **FIT)
    assert found.cause == "input_scaling"
    assert found.measured > 100


def test_large_inputs_behind_a_normalization_are_sound():
    x, y = blobs(scale=500.0)
    keras.utils.set_random_seed(0)
    normalise = keras.layers.Normalization()
    normalise.adapt(x)
    layers = [keras.Input((8,)), normalise, keras.layers.Dense(16, "relu"), keras.layers.Dense(1, "sigmoid")]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    assert not findings(model, x, y, "input_scale", **FIT)


def test_labels_far_from_zero():
    x, _ = blobs()
    y = 250_000 + 40_000 * x.sum(axis=1, keepdims=True)
    (found,) = findings(regressor(), x, y, "target_scale", **FIT)
    assert (found.cause, found.output) == ("target_scaling", "price")
    assert found.measured > 100_000


def test_labels_of_about_one_are_sound():
    x, _ = blobs()
    assert not findings(regressor(), x, x.sum(axis=1, keepdims=True), "target_scale", **FIT)


def test_a_fit_that_is_long_enough_to_get_there():
    x, _ = blobs()
    y = 25 + 2 * x.sum(axis=1, keepdims=True) + 4 * np.random.default_rng(1).normal(size=(256, 1))
    assert findings(regressor(), x, y, "target_scale", epochs=7, batch_size=32)
    assert not findings(regressor(), x, y, "target_scale", epochs=60, batch_size=32)


def test_a_fit_that_got_there_has_shown_it():
    x, _ = blobs()
    y = 25 + 2 * x.sum(axis=1, keepdims=True)
    model, monitor = regressor(), nbdebug.Monitor()
    assert findings(model, x, y, "target_scale", epochs=7, batch_size=32)
    model.optimizer.learning_rate = 0.05
    model.fit(x, y, epochs=40, batch_size=32, verbose=0, callbacks=[monitor])
    assert monitor.series.epochs["loss"][-1] < 0.1 * y.var()
    assert not nbdebug.check(model, x, y, only=["target_scale"], monitor=monitor, epochs=7, batch_size=32).findings


def test_labels_far_smaller_than_what_the_network_puts_out():
    x, _ = blobs()
    (found,) = findings(regressor(), x, 1e-6 * x.sum(axis=1, keepdims=True), "target_scale", **FIT)
    assert found.measured < found.threshold
    assert "noise of its own" in found.why


def kill(model, share):
    weights, bias = model.get_layer("hidden_1").get_weights()
    dead = np.arange(len(bias)) < share * len(bias)
    model.get_layer("hidden_1").set_weights([weights, np.where(dead, -1000.0, bias)])


def test_a_layer_whose_units_are_all_dead():
    x, y = blobs()
    model = classifier()
    kill(model, 1.0)
    (found,) = findings(model, x, y, "dead_layer")
    assert (found.layer, found.severity, found.measured) == ("hidden_1", "error", 1.0)


def test_a_layer_with_some_dead_units_is_sparse_not_broken():
    x, y = blobs()
    model = classifier()
    kill(model, 0.6)
    assert not findings(model, x, y, "dead_layer")


def test_weights_that_are_not_finite_are_found_in_the_first_layer_that_has_them():
    x, y = blobs()
    model = classifier()
    for name in ("hidden_0", "hidden_1"):
        weights, bias = model.get_layer(name).get_weights()
        model.get_layer(name).set_weights([np.full_like(weights, np.nan), bias])
    (found,) = findings(model, x, y, "not_finite")
    assert found.layer == "hidden_0"
    assert found.measured == 8 * 16


def test_a_healthy_model_is_clear_of_all():
    x, y = blobs()
    report = check(classifier(), x, y, only=["dynamics"], **FIT)
    assert not report.findings
    unfit = {v.check for v in report.verdicts if v.kind == "unfit"}
    watched = {"loss_not_finite", "nothing_learned", "overfitting", "unsteady_loss", "weights_stand_still"}
    assert unfit == watched  # nobody watched a fit
    assert {v.kind for v in report.verdicts} == {"clear", "unfit"}
