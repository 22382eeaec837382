"""Alarms that compare copies: the fault each is for, and what it must be silent about."""

import keras
import numpy as np
import pytest
from checks.dynamics.planted import blobs, classifier

from nbdebug.adapters.keras.cases import make_case
from nbdebug.checks.dynamics._constant import constant_loss
from nbdebug.checks.steps import stretch
from nbdebug.checkup import check
from nbdebug.records.case import Training

SMALL = keras.initializers.RandomNormal(stddev=1e-3, seed=1)
"""Another size than usual, which two layers make up for at once."""
FIT = {"epochs": 30, "batch_size": 32}


def findings(model, x, y, name, **fit):
    report = check(model, x, y, only=[name], **fit)
    assert [v.kind for v in report.verdicts] != ["broke"], report.verdicts
    return report.findings


def net(optimizer=None, loss="binary_crossentropy", width=16, **of_hidden):
    keras.utils.set_random_seed(0)
    hidden = [keras.layers.Dense(width, activation="relu", name=f"hidden_{i}", **of_hidden) for i in range(2)]
    model = keras.Sequential([keras.Input((8,)), *hidden, keras.layers.Dense(1, activation="sigmoid", name="risk")])
    model.compile(optimizer or keras.optimizers.Adam(0.01), loss)
    return model


def stepped(between):
    keras.utils.set_random_seed(0)
    given = keras.Input((8,))
    hidden = keras.layers.Dense(16, activation="tanh", name="below")(given)
    hidden = keras.layers.Dense(16, activation="relu", name="above")(between(4 * hidden))
    model = keras.Model(given, keras.layers.Dense(1, activation="sigmoid")(hidden))
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    return model


def test_a_layer_that_no_gradient_reaches():
    x, y = blobs()
    (found,) = findings(stepped(keras.ops.round), x, y, "no_gradient", **FIT)
    assert (found.severity, found.layer) == ("error", "below")
    assert found.evidence["layers"] == ["below"]


def test_layers_that_gradients_reach():
    x, y = blobs()
    assert not findings(stepped(keras.ops.tanh), x, y, "no_gradient", **FIT)


def test_a_penalty_that_outweighs_the_loss():
    x, y = blobs()
    (found,) = findings(net(kernel_regularizer=keras.regularizers.L1(0.1)), x, y, "penalty_outweighs_loss", **FIT)
    assert (found.cause, found.layer) == ("regularization", "hidden_0")
    assert found.measured < found.threshold


def test_a_limit_on_weights_that_outweighs_the_loss():
    x, y = blobs()
    model = net(kernel_constraint=keras.constraints.MaxNorm(0.01))
    (found,) = findings(model, x, y, "penalty_outweighs_loss", **FIT)
    assert "MaxNorm" in found.fix


@pytest.mark.parametrize("penalty", [None, "l2", keras.regularizers.L1(1e-5)])
def test_a_penalty_that_leaves_the_loss_in_charge(penalty):
    x, y = blobs()
    assert not findings(net(kernel_regularizer=penalty), x, y, "penalty_outweighs_loss", **FIT)


def test_weight_decay_that_outweighs_the_loss():
    x, y = blobs()
    model = net(keras.optimizers.AdamW(0.01, weight_decay=30.0), width=128)
    (found,) = findings(model, x, y, "weight_decay_outweighs_loss", **FIT)
    assert found.measured == pytest.approx(0.3)


def test_weight_decay_as_it_is_used():
    x, y = blobs()
    assert not findings(net(keras.optimizers.AdamW(0.01, weight_decay=0.1)), x, y, "weight_decay_outweighs_loss", **FIT)


def noisy(rate):
    keras.utils.set_random_seed(0)
    noise = keras.layers.GaussianDropout(rate, name="noise")
    head = keras.layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.Input((8,)), noise, keras.layers.Dense(16, activation="relu"), head])
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy")
    return model


def test_noise_that_outweighs_the_signal():
    x, y = blobs()
    (found,) = findings(noisy(0.99), x, y, "noise_outweighs_signal", **FIT)
    assert found.layer == "noise"


def test_noise_as_it_is_used():
    x, y = blobs()
    assert not findings(noisy(0.3), x, y, "noise_outweighs_signal", **FIT)


def test_sgd_that_gets_nowhere_in_this_fit():
    x, y = blobs(n=400)
    model = net(keras.optimizers.SGD(0.001), width=128)
    (found,) = findings(model, x, y, "slow_optimizer", epochs=5, batch_size=32)
    assert found.cause == "optimizer"


@pytest.mark.parametrize("optimizer", [keras.optimizers.SGD(0.3), keras.optimizers.SGD(0.05, momentum=0.9)])
def test_sgd_that_learns(optimizer):
    x, y = blobs()
    assert not findings(net(optimizer), x, y, "slow_optimizer", **FIT)


def narrow(rate):
    """Three classes on four features: a network so small that Adam at its own rate is slow, too."""
    keras.utils.set_random_seed(0)
    hidden = [keras.layers.Dense(10, activation="tanh") for _ in range(2)]
    model = keras.Sequential([keras.Input((4,)), *hidden, keras.layers.Dense(3, activation="softmax")])
    model.compile(keras.optimizers.Adagrad(rate), "sparse_categorical_crossentropy")
    x = np.random.default_rng(0).normal(size=(160, 4)).astype("float32")
    return findings(model, x, np.digitize(x[:, 0], [-0.5, 0.5]), "slow_optimizer", epochs=20, batch_size=16)


def test_adagrad_at_the_rate_of_adam():
    (found,) = narrow(0.001)
    assert found.cause == "learning_rate"
    assert found.measured < found.threshold


def test_adagrad_at_a_rate_of_its_own():
    assert not narrow(0.1)


def test_copies_of_adagrad_go_as_far_as_the_fit():
    training = Training(optimizer="adagrad")
    moved = {n: sum(stretch(training, 240, n) / np.sqrt(i + 1) for i in range(n)) for n in (60, 240)}
    assert moved[60] == pytest.approx(moved[240], rel=0.06)
    assert stretch(Training(optimizer="sgd"), 240, 60) == 4
    assert stretch(Training(optimizer="sgd"), 6, 60) == 1


def test_weights_far_larger_than_usual():
    x, y = blobs()
    model = net(kernel_initializer=keras.initializers.RandomNormal(stddev=30.0, seed=1))
    (found,) = findings(model, x, y, "weight_scale", **FIT)
    assert found.cause == "initialization"
    assert found.measured == pytest.approx(30 / np.sqrt(2 / 32), rel=0.3)


@pytest.mark.parametrize("initial", ["he_normal", "lecun_uniform", "orthogonal", SMALL])
def test_usual_weights(initial):
    x, y = blobs()
    assert not findings(net(kernel_initializer=initial), x, y, "weight_scale", **FIT)


def test_how_a_trained_network_began_is_not_judged():
    x, y = blobs()
    model = net(kernel_initializer=keras.initializers.RandomNormal(stddev=30.0, seed=1))
    model.fit(x, y, verbose=0)
    (verdict,) = check(model, x, y, only=["weight_scale"], **FIT).verdicts
    assert verdict.kind == "unfit"


def test_a_layer_that_is_the_same_for_every_example():
    x, y = blobs()
    model = classifier("tanh")
    weights, bias = model.get_layer("hidden_1").get_weights()
    model.get_layer("hidden_1").set_weights([weights, np.full_like(bias, 90.0)])
    (found,) = findings(model, x, y, "constant_layer")
    assert found.layer == "hidden_1"
    assert "bound of tanh" in found.why


def test_a_layer_whose_units_saturate_but_differ():
    x, y = blobs()
    model = classifier("tanh")
    weights, bias = model.get_layer("hidden_0").get_weights()
    model.get_layer("hidden_0").set_weights([weights * 1e4, bias])
    assert not findings(model, x, y, "constant_layer")


def with_batch_norm(momentum):
    keras.utils.set_random_seed(0)
    layers = [keras.layers.Dense(16, activation="relu"), keras.layers.BatchNormalization(momentum=momentum)]
    model = keras.Sequential([keras.Input((8,)), *layers, keras.layers.Dense(1, activation="sigmoid")])
    model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy")
    return model


def test_averages_of_batch_norm_that_are_not_those_of_the_data():
    x, y = blobs()
    model = with_batch_norm(momentum=0.99999)
    model.fit(x + 10, y, epochs=20, verbose=0)
    before = [np.array(w) for w in model.weights]
    (found,) = findings(model, x + 10, y, "mode_gap")
    assert found.cause == "batch_norm"
    assert found.measured > 2
    assert all(np.array_equal(a, b) for a, b in zip(before, model.weights, strict=True))


def test_averages_of_batch_norm_that_follow():
    x, y = blobs(scale=30.0)
    model = with_batch_norm(momentum=0.5)
    model.fit(x, y, epochs=20, verbose=0)
    assert not findings(model, x, y, "mode_gap")


@pytest.mark.parametrize(
    ("loss", "y", "expected"),
    [
        ("binary_crossentropy", np.repeat([0.0, 1.0], [30, 10])[:, None], -(0.75 * np.log(0.75) + 0.25 * np.log(0.25))),
        ("mse", np.arange(40.0)[:, None], np.arange(40.0).var()),
        ("mae", np.arange(40.0)[:, None], 10.0),
    ],
)
def test_the_loss_of_a_constant_prediction(loss, y, expected):
    head = keras.layers.Dense(1, activation="sigmoid" if loss.startswith("binary") else None)
    model = keras.Sequential([keras.Input((3,)), head])
    model.compile("adam", loss)
    found = constant_loss(make_case(model, np.zeros((40, 3), "float32"), y))
    assert found == pytest.approx(expected)
    grid = [model.loss if callable(model.loss) else keras.losses.get(loss)(y, np.full_like(y, p)) for p in _grid(y)]
    assert min(float(np.mean(g)) for g in grid) == pytest.approx(expected, rel=1e-2)


def _grid(y):
    return np.linspace(y.min() + 0.01, y.max() - 0.01, 400)


def test_a_gate_whose_few_rectifiers_may_be_drawn_dead():
    """Two rectifiers over inputs that are all positive are dead for one draw in four, which is no fault."""
    x, y = blobs()
    given = keras.Input((8,))
    narrow = keras.layers.Dense(2, activation="relu", name="narrow")(given)
    gate = keras.layers.Dense(8, activation="sigmoid")(narrow)
    gated = keras.layers.Multiply()([given, gate])
    model = keras.Model(given, keras.layers.Dense(1, activation="sigmoid")(gated))
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    assert not findings(model, np.abs(x) + 1, y, "no_gradient", **FIT)
