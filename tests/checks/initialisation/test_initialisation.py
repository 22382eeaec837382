"""Each check of a network before its first step: the fault it is for, and what it must be silent about."""

import keras
import numpy as np
import pytest
from keras import layers, ops

from nbdebug.checkup import check

N = 128
X = np.random.default_rng(0).normal(size=(N, 6)).astype("float32")
Y = np.arange(N) % 2
FIT = {"epochs": 20, "batch_size": 16}


def network(*hidden, head=None, optimizer="adam", loss="binary_crossentropy"):
    keras.utils.set_random_seed(0)
    head = head or layers.Dense(1, activation="sigmoid", name="risk")
    model = keras.Sequential([keras.Input((6,)), *(hidden or (layers.Dense(8, activation="relu"),)), head])
    model.compile(optimizer, loss)
    return model


def findings(model, name, y=Y, **fit):
    report = check(model, X, y, only=[name], **(FIT | fit))
    assert report.verdicts[0].kind != "broke", report.verdicts
    return report.findings


def decaying(steps):
    return keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, steps, 0.9))


def test_a_fit_of_a_few_updates():
    (found,) = findings(network(), "budget", epochs=1, batch_size=64)
    assert found.cause == "epochs"
    assert found.measured == 2


def test_a_batch_of_everything():
    (found,) = findings(network(), "budget", epochs=10, batch_size=N)
    assert found.cause == "batch_size"


def test_adadelta_below_its_rate():
    (found,) = findings(network(optimizer=keras.optimizers.Adadelta(0.001)), "budget")
    assert found.cause == "learning_rate"


def test_a_few_updates_of_a_trained_network_are_fine_tuning():
    model = network()
    model.fit(X, Y, verbose=0)
    assert not findings(model, "budget", epochs=1, batch_size=64)


def test_averages_that_do_not_arrive():
    slow = layers.BatchNormalization(momentum=0.999)
    (found,) = findings(network(layers.Dense(8), slow, layers.ReLU()), "batch_norm_warm_up")
    assert found.measured == pytest.approx(0.999**160)


def test_averages_that_arrive():
    assert not findings(network(layers.Dense(8), layers.BatchNormalization(momentum=0.9)), "batch_norm_warm_up")


def test_a_network_that_is_sure_before_it_has_learned():
    sure = layers.Dense(1, activation="sigmoid", kernel_initializer=keras.initializers.RandomNormal(stddev=30, seed=1))
    (found,) = findings(network(head=sure), "loss_at_start")
    assert found.measured > 3 * np.log(2)


def test_a_network_that_guesses():
    assert not findings(network(), "loss_at_start")


def two_heads(weights, scale):
    keras.utils.set_random_seed(0)
    given = keras.Input((6,))
    heads = {name: layers.Dense(1, name=name)(given) for name in ("age", "price")}
    model = keras.Model(given, heads)
    model.compile("adam", dict.fromkeys(heads, "mse"), loss_weights=weights)
    return model, {"age": X[:, :1], "price": scale * X[:, 1:2]}


def test_one_of_two_losses_rules():
    model, y = two_heads(None, 1000)
    (found,) = findings(model, "loss_terms_scales", y)
    assert found.measured > 100
    assert "price" in found.why


@pytest.mark.parametrize(("weights", "scale"), [({"age": 1.0, "price": 1e-6}, 1000), (None, 2)])
def test_losses_on_one_scale(weights, scale):
    model, y = two_heads(weights, scale)
    assert not findings(model, "loss_terms_scales", y)


def test_outputs_that_are_all_equal():
    dead = layers.Dense(8, activation="relu", bias_initializer=keras.initializers.Constant(-100))
    head = layers.Dense(1, activation="sigmoid", bias_initializer=keras.initializers.Constant(0.3))
    (found,) = findings(network(dead, head=head), "outputs_all_equal")
    assert found.measured == 0


def test_a_head_that_begins_at_zero():
    assert not findings(network(head=layers.Dense(1, "sigmoid", kernel_initializer="zeros")), "outputs_all_equal")


def test_an_example_that_depends_on_the_others():
    mixing = layers.Lambda(lambda x: x - ops.mean(x, axis=0, keepdims=True), name="centred")
    (found,) = findings(network(layers.Dense(8), mixing), "batch_dependence")
    assert found.measured > found.threshold


def test_an_encoding_of_positions_along_the_batch():
    placed = layers.Lambda(lambda x: x + ops.sin(ops.arange(ops.shape(x)[0], dtype="float32"))[:, None], name="placed")
    (found,) = findings(network(layers.Dense(8), placed), "batch_dependence")
    assert (found.severity, "place" in found.why) == ("error", True)


class Noise(layers.Layer):
    """Draws in inference, too, and the same each time that it is asked."""

    def call(self, x):
        return x + keras.random.normal(ops.shape(x), seed=7)


def test_noise_that_differs_by_place_is_no_dependence():
    assert not findings(network(layers.Dense(8), Noise()), "batch_dependence")


def test_examples_by_themselves():
    assert not findings(network(layers.Dense(8), layers.BatchNormalization()), "batch_dependence")


def test_a_schedule_that_runs_out():
    (found,) = findings(network(optimizer=decaying(1)), "rate_runs_out", epochs=50)
    rates = 0.1 * 0.9 ** np.arange(400.0)
    assert found.measured == pytest.approx(rates.mean() / 0.1, rel=0.1)


@pytest.mark.parametrize("steps", [8, 160])
def test_a_schedule_as_long_as_the_fit(steps):
    assert not findings(network(optimizer=decaying(steps)), "rate_runs_out")


def test_a_scheduler_that_begins_at_zero():
    zero = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * epoch)
    (found,) = findings(network(), "rate_runs_out", callbacks=[zero])
    assert found.measured == 0


def test_what_a_scheduler_prints_and_draws_is_not_heard(capsys):
    def noisy(epoch, rate):
        print("epoch", epoch)
        return rate * np.random.uniform(0.9, 1.0)

    model = network()
    np.random.seed(3)
    assert not findings(model, "rate_runs_out", callbacks=[keras.callbacks.LearningRateScheduler(noisy)])
    assert "epoch" not in capsys.readouterr().out
    assert np.random.uniform() == np.random.RandomState(3).uniform()


def test_batch_norm_over_batches_of_one():
    model = network(layers.Dense(8), layers.BatchNormalization(), layers.ReLU())
    (found,) = findings(model, "batch_norm_of_one", batch_size=1)
    assert found.cause == "batch_size"
    assert not findings(model, "batch_norm_of_one", batch_size=2)
