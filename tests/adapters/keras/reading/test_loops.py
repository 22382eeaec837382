"""Recurrent layers whose loops are made cheap to go back through: same gradients, nothing left behind."""

import contextlib
import logging
from dataclasses import dataclass

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.reading import forward, loops
from nbdebug.adapters.keras.reading.forward import Forward
from nbdebug.records.target import Target

T, C, N = 7, 2, 5
SLOW = {"TensorListGetItem", "TensorListSetItem"}


def _recurrent(make, **kwargs):
    def build(given):
        return make(3, name="memory", **kwargs)(given)

    return build


def _bidirectional(make, **kwargs):
    def build(given):
        return layers.Bidirectional(make(3, return_sequences=True, name="inner", **kwargs), name="memory")(given)

    return build


def _from_state(given):
    """As in the heart-rate demo: what is known of a person sets the first state."""
    state = layers.Dense(3, name="state")(layers.GlobalMaxPooling1D()(given))
    return layers.Bidirectional(layers.LSTM(3, return_sequences=True), name="memory")(given, initial_state=[state] * 4)


def _with_states(given):
    hidden, *states = layers.LSTM(3, return_sequences=True, return_state=True, name="memory")(given)
    return layers.Add()([hidden, layers.Reshape((1, 3))(layers.Multiply()(states))])


def _stacked(given):
    hidden = layers.Bidirectional(layers.GRU(3, return_sequences=True), name="memory")(given)
    return layers.LSTM(2)(hidden)


def _masked(given):
    return layers.LSTM(3, return_sequences=True, name="memory")(layers.Masking()(given))


PLAIN = {
    "LSTM": _recurrent(layers.LSTM, return_sequences=True),
    "LSTM, relu": _recurrent(layers.LSTM, return_sequences=True, activation="relu", use_bias=False),
    "LSTM, softmax": _recurrent(layers.LSTM, return_sequences=True, activation="softmax"),
    "GRU": _recurrent(layers.GRU, return_sequences=True),
    "GRU, reset before": _recurrent(layers.GRU, return_sequences=True, reset_after=False),
    "SimpleRNN": _recurrent(layers.SimpleRNN, return_sequences=True),
    "LSTM, last output": _recurrent(layers.LSTM),
    "SimpleRNN, last output": _recurrent(layers.SimpleRNN),
    "LSTM, backwards": _recurrent(layers.LSTM, return_sequences=True, go_backwards=True),
    "GRU, backwards, last output": _recurrent(layers.GRU, go_backwards=True),
    "LSTM, dropout": _recurrent(layers.LSTM, return_sequences=True, dropout=0.5, recurrent_dropout=0.5),
    "LSTM, float16": _recurrent(layers.LSTM, return_sequences=True, dtype="mixed_float16"),
    "LSTM, float64": _recurrent(layers.LSTM, return_sequences=True, dtype="float64"),
    "Bidirectional LSTM": _bidirectional(layers.LSTM),
    "Bidirectional GRU": _bidirectional(layers.GRU),
    "state from elsewhere": _from_state,
    "states returned": _with_states,
    "stacked": _stacked,
}
LEFT_ALONE = {
    "masked": _masked,
    "stateful": _recurrent(layers.LSTM, return_sequences=True, stateful=True),
    "unrolled": _recurrent(layers.GRU, return_sequences=True, unroll=True),
    "cell of its own": lambda given: layers.RNN(layers.LSTMCell(3), return_sequences=True, name="memory")(given),
}


class Subclassed(layers.LSTM):
    """May do anything in its loop."""


LEFT_ALONE["subclassed"] = _recurrent(Subclassed, return_sequences=True)


def _model(build):
    keras.utils.set_random_seed(3)
    given = keras.Input((T, C), batch_size=N, name="x")
    return keras.Model(given, layers.Dense(1, activation="sigmoid", name="risk")(build(given)))


def _x():
    return np.random.default_rng(3).normal(size=(N, T, C)).astype("float32")


@dataclass
class Traced:
    gradient: np.ndarray
    heard: list
    ops: set


def _traced(model, taped):
    heard = []

    def gradient(x):
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(x)
            recorder, heads = Forward(model)({"x": x}, taped=taped)
            value = heads["risk"][..., 0] if len(heads["risk"].shape) == 2 else heads["risk"][:, 3, 0]
        heard.extend((call.name, call.output.dtype, tuple(call.output.shape)) for call in recorder.calls)
        return tape.gradient(value, x)

    function = tf.function(gradient, autograph=False).get_concrete_function(tf.TensorSpec((N, T, C)))
    definition = function.graph.as_graph_def()
    nodes = [*definition.node, *(node for f in definition.library.function for node in f.node_def)]
    return Traced(function(tf.constant(_x())).numpy(), heard, {node.op for node in nodes})


def _probe(build):
    return KerasProbe(_model(build), {"x": _x()}, batch_size=N)


def _gradient(probe, positions, layer=None):
    return probe.gradient(Target(layer, None if layer else "risk", 0, positions), {"x": _x()})["x"]


@pytest.fixture
def runs(monkeypatch):
    """How often a loop was made cheap."""
    made = []
    run = loops._run
    monkeypatch.setattr(loops, "_run", lambda layer, *rest: made.append(layer.name) or run(layer, *rest))
    return made


@pytest.mark.parametrize("kind", PLAIN)
def test_gradients_are_those_through_the_loops_of_keras(kind, runs):
    model = _model(PLAIN[kind])
    quick, made = _traced(model, True), len(runs)
    slow = _traced(model, False)
    assert made == len(runs) > 0
    assert np.abs(slow.gradient).max() > 0
    tolerance = 1e-3 if "float16" in kind else 1e-6
    np.testing.assert_allclose(
        quick.gradient, slow.gradient, rtol=tolerance, atol=tolerance * np.abs(slow.gradient).max()
    )
    assert quick.heard == slow.heard
    # No step reads from, or adds to, an array as long as the sequence.
    assert slow.ops >= SLOW
    assert not SLOW & quick.ops
    assert [e.name for e in Forward(model).entries if {"inner_loop", "call"} & set(vars(e.layer))] == []


@pytest.mark.parametrize("kind", LEFT_ALONE)
def test_what_is_not_plain_is_left_alone(kind, runs):
    assert np.abs(_traced(_model(LEFT_ALONE[kind]), True).gradient).max() > 0
    assert runs == []


@pytest.mark.parametrize("kind", ["GRU", "SimpleRNN", "state from elsewhere"])
def test_anchors_are_vectorised_and_equal_calls_apart(kind, runs, caplog):
    probe = _probe(PLAIN[kind])
    with caplog.at_level(logging.INFO, "nbdebug"):
        together = _gradient(probe, (0, 3, 6))
    assert "vectorised" not in caplog.text
    assert runs
    for i, position in enumerate((0, 3, 6)):
        apart = _gradient(probe, (position,))
        np.testing.assert_allclose(together.absolute_sum[i], apart.absolute_sum[0], rtol=1e-5, atol=1e-9)
        np.testing.assert_allclose(together.signed_sum[i], apart.signed_sum[0], rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("layer", ["forward_inner", "backward_inner"])
def test_layers_inside_are_heard_whole(layer, runs, monkeypatch):
    positions = (1, 5) if layer == "forward_inner" else None  # what runs backwards has no time axis of its own
    found = _gradient(_probe(PLAIN["Bidirectional LSTM"]), positions, layer)
    assert sorted(set(runs)) == ["backward_inner", "forward_inner"]
    monkeypatch.setattr(forward, "linear_loops", lambda *_: contextlib.nullcontext())
    expected = _gradient(_probe(PLAIN["Bidirectional LSTM"]), positions, layer)
    assert expected.absolute_sum.max() > 0
    np.testing.assert_allclose(found.absolute_sum, expected.absolute_sum, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(found.signed_sum, expected.signed_sum, rtol=1e-6, atol=1e-9)


def test_nothing_is_left_after_an_error():
    model = _model(PLAIN["LSTM"])
    layer = model.get_layer("memory")
    found = Forward(model).entries
    with contextlib.ExitStack() as stack:
        stack.enter_context(pytest.raises(RuntimeError))
        stack.enter_context(loops.linear_loops(found, tf.Graph()))
        assert "inner_loop" in vars(layer)
        raise RuntimeError
    assert "inner_loop" not in vars(layer)


def test_an_open_time_axis_and_an_eager_model(runs):
    keras.utils.set_random_seed(3)
    model = keras.Sequential([keras.Input((None, C), name="x"), layers.GRU(3, name="memory"), layers.Dense(1)])
    memory = model.get_layer("memory")

    def gradient(x, graph):
        with tf.GradientTape() as tape, loops.linear_loops(Forward(model).entries, graph):
            tape.watch(x)
            y = memory(x)
        return tape.gradient(y, x)

    x = tf.constant(_x())
    quick = tf.function(
        lambda x: gradient(x, x.graph), input_signature=[tf.TensorSpec((None, None, C))], autograph=False
    )
    found = quick(x)
    assert runs == ["memory"]
    np.testing.assert_allclose(found, gradient(x, None), rtol=1e-5, atol=1e-7)
    assert runs == ["memory"]
