"""Faults in what `compile` and `fit` are given: no update, slow averages, callbacks that wait for worse."""

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.adapters.keras.compiling.compiled import training_of
from nbdebug.checkup import check

N = 160
X = np.random.default_rng(0).normal(size=(N, 4)).astype("float32")
Y = np.arange(N) % 2
Early, Plateau = keras.callbacks.EarlyStopping, keras.callbacks.ReduceLROnPlateau


def network(optimizer="adam", loss="binary_crossentropy"):
    keras.utils.set_random_seed(0)
    head = layers.Dense(1, activation="sigmoid" if loss == "binary_crossentropy" else None)
    model = keras.Sequential([keras.Input((4,)), layers.Dense(8, "tanh"), head])
    model.compile(optimizer, loss)
    return model


def findings(name, optimizer="adam", loss="binary_crossentropy", y=Y, **fit):
    report = check(network(optimizer, loss), X, y, only=[name], **({"epochs": 10, "batch_size": 16} | fit))
    assert [v.kind for v in report.verdicts] != ["broke"], report.verdicts
    return report.findings


def hoarding(batches):
    return keras.optimizers.Adam(0.01, gradient_accumulation_steps=batches)


def test_updates_are_counted_as_keras_counts_them():
    model = network(hoarding(7))
    known = training_of(model, N, {"epochs": 3, "batch_size": 16})
    model.fit(X, Y, epochs=3, batch_size=16, verbose=0)
    assert known.updates == int(model.optimizer.iterations) == 4


def test_gradients_added_up_for_longer_than_the_fit():
    (found,) = findings("accumulation_too_long", hoarding(101))
    assert (found.severity, found.cause, found.measured) == ("error", "optimizer", 0)
    assert not findings("budget", hoarding(101))


@pytest.mark.parametrize("optimizer", [hoarding(100), "adam"])
def test_gradients_that_are_applied(optimizer):
    assert not findings("accumulation_too_long", optimizer)


def averaged(momentum):
    return keras.optimizers.Adam(0.01, use_ema=True, ema_momentum=momentum)


def test_an_average_that_stays_where_it_began():
    (found,) = findings("weight_average_too_slow", averaged(0.999))
    assert found.measured == pytest.approx(0.999**99)


def test_what_is_left_of_the_first_weights_is_what_keras_leaves():
    model = network(keras.optimizers.SGD(0.0, use_ema=True, ema_momentum=0.9))
    model.fit(X, Y, epochs=1, batch_size=80, verbose=0)
    bias = model.layers[0].bias
    bias.assign(np.ones(8))
    model.fit(X, Y, epochs=2, batch_size=80, verbose=0)
    assert np.asarray(bias) == pytest.approx(np.full(8, 1 - 0.9**4), abs=1e-5)


@pytest.mark.parametrize("optimizer", [averaged(0.95), keras.optimizers.Adam(0.01, ema_momentum=0.999)])
def test_an_average_that_arrives_or_is_not_used(optimizer):
    assert not findings("weight_average_too_slow", optimizer)


@pytest.mark.parametrize(
    ("callback", "cause"),
    [
        (Early("loss", mode="max"), "usage"),
        (Early("val_accuracy", mode="min"), "usage"),
        (Plateau("val_loss", mode="max"), "learning_rate"),
        (Early("age_mae", mode="max"), "usage"),
    ],
)
def test_a_callback_that_waits_for_worse(callback, cause):
    (found,) = findings("waits_for_worse", callbacks=[keras.callbacks.TerminateOnNaN(), callback])
    assert (found.severity, found.cause) == ("error", cause)


@pytest.mark.parametrize(
    "callback",
    [Early("loss"), Early("val_auc", mode="max"), Plateau("val_loss", mode="min"), Early("reward", mode="max")],
)
def test_a_callback_that_waits_for_better(callback):
    assert not findings("waits_for_worse", callbacks=callback)


def test_a_plateau_that_no_loss_can_leave():
    greedy = Plateau("loss", factor=0.01, patience=1, min_delta=0.5)
    (found,) = findings("plateau_at_once", callbacks=[greedy])
    assert found.measured == 0.5
    assert found.evidence["rates"][:2] == [1, 1]


def run(rates, losses, callback):
    """What Keras does with these losses."""
    model = network(keras.optimizers.SGD(1.0))
    callback.set_model(model)
    callback.on_train_begin()
    for epoch, loss in enumerate(losses):
        rates.append(float(model.optimizer.learning_rate))
        callback.on_epoch_end(epoch, {"loss": loss})


@pytest.mark.parametrize(("patience", "cooldown"), [(1, 0), (2, 0), (2, 2), (3, 1)])
def test_the_rates_of_a_loss_that_stands_still_are_those_of_keras(patience, cooldown):
    rates, waiting = [], {"factor": 0.001, "patience": patience, "cooldown": cooldown, "min_delta": 10.0}
    run(rates, [0.7] * 12, Plateau("loss", **waiting))
    (found,) = findings("plateau_at_once", callbacks=[Plateau("loss", min_lr=0.0, **waiting)], epochs=12)
    assert found.evidence["rates"] == pytest.approx(rates, rel=1e-3)


@pytest.mark.parametrize(
    "callback",
    [
        Plateau("loss", patience=3, min_delta=1e-3),
        Plateau("loss", factor=0.5, patience=5, min_delta=0.5),
        Plateau("loss", factor=0.001, patience=1, min_delta=2.0, min_lr=0.0005),
        Plateau("val_accuracy", mode="max", factor=0.01, patience=1, min_delta=0.5),
    ],
)
def test_a_plateau_with_room(callback):
    assert not findings("plateau_at_once", callbacks=[callback])


@pytest.mark.parametrize("kind", [keras.optimizers.Adam, keras.optimizers.RMSprop])
def test_an_epsilon_that_gradients_drown_in(kind):
    (found,) = findings("epsilon_too_large", kind(0.01, epsilon=100))
    assert (found.cause, found.measured) == ("optimizer", 100)


@pytest.mark.parametrize("optimizer", ["adam", keras.optimizers.Adam(0.01, epsilon=1.0), keras.optimizers.SGD(0.1)])
def test_an_epsilon_as_it_is_used(optimizer):
    assert not findings("epsilon_too_large", optimizer)


def test_gradients_of_large_labels_may_be_larger_than_epsilon():
    assert not findings("epsilon_too_large", keras.optimizers.Adam(0.01, epsilon=100), "mse", 1e5 * X[:, :1])


def test_a_fit_that_must_stop_whatever_happens():
    greedy = Early("val_loss", min_delta=0.3, patience=1)
    (found,) = findings("stops_at_once", callbacks=[greedy], epochs=40)
    assert (found.cause, found.severity, found.threshold) == ("epochs", "warning", 20)
    stopped, losses = [], [found.evidence["loss at first"] - 0.3 * epoch for epoch in range(40)]
    model = network(keras.optimizers.SGD(1.0))
    greedy.set_model(model)
    greedy.on_train_begin()
    for epoch, loss in enumerate(losses):  # the best that can be: each epoch gains just enough while it can
        greedy.on_epoch_end(epoch, {"val_loss": max(loss, 0.0)})
        stopped.append(model.stop_training)
    assert stopped.index(True) + 1 <= found.measured < 20


@pytest.mark.parametrize(
    "callback",
    [
        Early("loss", patience=3),
        Early("loss", min_delta=1e-3),
        Early("loss", min_delta=0.3, patience=10),
        Early("val_accuracy", mode="max", min_delta=0.3),
    ],
)
def test_a_fit_that_may_go_on(callback):
    assert not findings("stops_at_once", callbacks=[callback], epochs=40)
