"""Checks that read what a Monitor noted."""

from dataclasses import replace

import keras
import numpy as np
import pytest
from checks.dynamics.planted import blobs, classifier

import nbdebug
from nbdebug.adapters.keras.cases import make_case
from nbdebug.checks.dynamics import overfitting
from nbdebug.checks.dynamics.unsteady_loss import judge
from nbdebug.records.series import Curve, Series


def watched(model, x, y, name, **fit):
    monitor = nbdebug.Monitor()
    model.fit(x, y, verbose=0, callbacks=[monitor], **fit)
    fit.pop("validation_data", None)
    return nbdebug.check(model, x, y, only=[name], monitor=monitor, **fit)


@pytest.mark.parametrize("name", ["loss_not_finite", "weights_stand_still", "overfitting"])
def test_without_a_monitor_they_cannot_judge(name):
    x, y = blobs()
    (verdict,) = nbdebug.check(classifier(), x, y, only=[name]).verdicts
    assert verdict.kind == "unfit"
    assert "Monitor" in verdict.why or "validation" in verdict.why


def test_a_loss_that_became_infinite():
    x, _ = blobs()
    model = classifier(optimizer=keras.optimizers.SGD(1e20), loss="mse")
    model.pop()
    model.add(keras.layers.Dense(1, name="risk"))
    model.compile(keras.optimizers.SGD(1e20), "mse")
    (found,) = watched(model, x, x[:, :1], "loss_not_finite", epochs=2).findings
    assert found.measured is not None
    assert found.measured <= 8


def test_a_layer_behind_dead_units_stands_still():
    x, y = blobs()
    model = classifier()
    weights, bias = model.get_layer("hidden_1").get_weights()
    model.get_layer("hidden_1").set_weights([weights, np.full_like(bias, -1000.0)])
    (found,) = watched(model, x, y, "weights_stand_still", epochs=2).findings
    assert found.layer == "hidden_0"
    assert found.evidence["layers"] == ["hidden_0", "hidden_1"]


def test_a_frozen_layer_may_stand_still():
    x, y = blobs()
    model = classifier()
    model.get_layer("hidden_0").trainable = False
    model.compile("adam", "binary_crossentropy")
    assert not watched(model, x, y, "weights_stand_still", epochs=2).findings


def test_overfitting_to_labels_that_are_noise():
    random = np.random.default_rng(0)
    x, y = random.normal(size=(64, 8)).astype("float32"), random.integers(0, 2, 64)
    unseen = random.normal(size=(64, 8)).astype("float32"), random.integers(0, 2, 64)
    model = classifier(width=64, optimizer=keras.optimizers.Adam(0.02))
    (found,) = watched(model, x, y, "overfitting", epochs=40, validation_data=unseen).findings
    assert found.measured > found.threshold


def test_a_fit_that_generalises_does_not_overfit():
    x, y = blobs()
    assert not watched(classifier(), x, y, "overfitting", epochs=12, validation_data=blobs(seed=3)).findings


@pytest.mark.parametrize(
    ("accuracy", "severity"),
    [
        ({}, "warning"),
        ({"val_accuracy": [0.7, 0.9] + [0.9] * 6}, "note"),
        ({"val_acc": [0.7, 0.9] + [0.8] * 6}, "warning"),
    ],
)
def test_overfitting_is_a_note_where_as_many_are_right(accuracy, severity):
    logged = {"loss": np.linspace(1, 0.1, 8), "val_loss": np.array([1, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1])}
    logged |= {name: np.array(values) for name, values in accuracy.items()}
    x, y = blobs()
    case = make_case(classifier(), x, y, fit={"epochs": 8})
    series = Series(8, Curve(np.arange(1), np.zeros(1)), logged, done=True)
    (found,) = overfitting.judge(replace(case, series=series))
    assert (found.severity or overfitting.CHECK.severity) == severity


def test_a_loss_that_jumps_about():
    x, y = blobs()
    model = classifier(optimizer=keras.optimizers.Adam(3.0))
    (found,) = watched(model, x, y, "unsteady_loss", epochs=12).findings
    assert found.cause == "learning_rate"
    assert found.threshold < found.measured


def test_a_loss_that_is_nearly_gone_may_tremble():
    x, y = blobs()
    case = make_case(classifier(optimizer=keras.optimizers.Adam(3.0)), x, y, fit={"epochs": 12})
    (jumps,) = judge(replace(case, series=_series([0.7, 0.3, 0.2, 0.3, 0.2, 0.3, 0.4, 0.3, 0.5])))
    assert jumps.measured == pytest.approx(1.0)
    assert not list(judge(replace(case, series=_series([0.7, 0.3, 0.1, 0.01, 0.01, 0.01, 0.02, 0.02, 0.02]))))


def _series(losses):
    return Series(9, Curve(np.arange(1), np.zeros(1)), {"loss": np.array(losses)}, done=True)


def test_a_loss_that_falls_steadily():
    x, y = blobs()
    assert not watched(classifier(), x, y, "unsteady_loss", epochs=12).findings


def test_a_fit_that_learns_nothing():
    x, _ = blobs()
    y = np.random.default_rng(1).integers(0, 2, len(x))
    model = classifier(optimizer=keras.optimizers.Adam(1e-4))
    (found,) = watched(model, x, y, "nothing_learned", epochs=6).findings
    assert found.severity == "note"
    assert found.measured < 0.02


def test_a_fit_that_learns_something():
    x, y = blobs()
    assert not watched(classifier(), x, y, "nothing_learned", epochs=6).findings


def test_after_a_watched_fit_the_rate_is_found_too_low_though_nothing_is_said_of_the_fit():
    x, y = blobs()
    model, monitor = classifier(optimizer=keras.optimizers.Adam(1e-7)), nbdebug.Monitor()
    model.fit(x, y, epochs=12, verbose=0, callbacks=[monitor])
    (found,) = nbdebug.check(model, x, y, only=["learning_rate_too_low"]).findings
    assert found.evidence["updates"] == monitor.series.n_steps
