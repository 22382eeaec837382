"""Notes of how weights began."""

import keras
import numpy as np
import pytest

import nbdebug
from nbdebug.adapters.keras.cases import make_case

X = np.random.default_rng(0).normal(size=(64, 4)).astype("float32")
Y = (X[:, 0] > 0).astype("int32")


@pytest.fixture
def model():
    keras.utils.set_random_seed(0)
    found = keras.Sequential([keras.Input((4,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "sigmoid")])
    found.compile("adam", "binary_crossentropy")
    return found


def test_the_spread_of_each_kernel_stays_as_it_was(model):
    case = make_case(model, X, Y)
    kernels = {layer.name: np.asarray(layer.kernel.numpy()).copy() for layer in model.layers}
    model.fit(X, Y, epochs=5, verbose=0)
    assert case.untouched
    assert case.began == {name: pytest.approx(float(np.std(kernel))) for name, kernel in kernels.items()}
    assert not np.array_equal(case.weights(model.layers[0].name)["kernel"], kernels[model.layers[0].name])


def test_what_is_trained_beside_frozen_layers_has_just_begun_where_its_bias_says_so(model):
    first, last = model.layers
    first.trainable = False
    assert make_case(model, X, Y).began == {last.name: pytest.approx(float(np.std(last.kernel.numpy())))}
    last.bias.assign([0.1])
    assert not make_case(model, X, Y).untouched
    silent = keras.Sequential([keras.Input((4,)), first, keras.layers.Dense(1, use_bias=False)])
    silent.compile("adam", "mse")
    assert not make_case(silent, X, Y).untouched


def test_what_was_trained_has_not_just_begun(model):
    model.fit(X, Y, verbose=0)
    assert not make_case(model, X, Y).untouched
    model.compile("adam", "binary_crossentropy")  # a new optimizer has made no step; the biases tell
    assert not make_case(model, X, Y).untouched


def test_a_monitor_notes_it_for_a_check_after_the_fit(model):
    before = make_case(model, X, Y).began
    monitor = nbdebug.Monitor()
    model.fit(X, Y, epochs=5, verbose=0, callbacks=[monitor])
    case = make_case(model, X, Y, series=monitor.series)
    assert case.began == pytest.approx(before)
    assert not case.untouched
    assert case.training.updates == 10
    model.fit(X, Y, verbose=0, callbacks=[monitor])
    assert make_case(model, X, Y, series=monitor.series).began is None


def test_a_monitor_that_has_seen_no_step_takes_nothing_away(model):
    assert make_case(model, X, Y, series=nbdebug.Monitor().series).untouched


def test_what_units_do_is_summed_up_anew_once_the_weights_have_changed(model):
    case = make_case(model, X, Y)
    before = case.statistics()
    assert case.statistics() is before
    model.layers[0].set_weights([np.zeros((4, 8)), np.zeros(8)])
    assert case.statistics()[model.layers[0].name].dead.all()
    assert not before[model.layers[0].name].dead.all()
