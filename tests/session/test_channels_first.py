"""Models that take channels before time, rows and columns are shown as all others are: channels last."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from nbdebug.session import Session

N, T, C = 6, 16, 3
FIRST = {"data_format": "channels_first"}
X = np.random.default_rng(0).normal(size=(N, C, T)).astype("float32")
X[4, 1, 7] = np.nan


@pytest.fixture(scope="module")
def opened():
    keras.utils.set_random_seed(0)
    given = keras.Input((C, T), name="wave")
    h = layers.SeparableConv1D(4, 3, padding="same", activation="tanh", name="conv", **FIRST)(given)
    h = layers.AveragePooling1D(4, name="pool", **FIRST)(h)
    model = keras.Model(given, layers.Dense(1, activation="sigmoid", name="risk")(layers.Flatten(**FIRST)(h)))
    session = Session(model, X, np.arange(N) % 2, channels=["bpm", "steps", "light"], time_step="1min", batch_size=4)
    yield session, model
    session.close()


def test_time_and_channels_are_named(opened):
    session, _ = opened
    assert session.time_axis.n == T
    assert session.inputs[0].channels == ("bpm", "steps", "light")
    assert "first at example 4, time 7, channel 'steps'" in " ".join(session.notes)


def test_an_example_is_a_view_with_channels_last(opened):
    session, _ = opened
    np.testing.assert_array_equal(session.example_input(2)["wave"], X[2].T)
    assert np.shares_memory(session.example_input(2)["wave"], X)


@pytest.mark.parametrize("at", [5, (1, 5, 15)])
def test_sensitivities_are_those_of_a_naive_tape(opened, at):
    session, model = opened
    rows = [0, 1, 2]
    found = session.sensitivity(layer="pool", unit=2, at=at, examples=rows)
    inner = keras.Model(model.input, model.get_layer("pool").output)
    given = tf.constant(X[rows])
    for time, values in zip(np.atleast_1d(at), found.values if isinstance(at, tuple) else [found.values], strict=True):
        with tf.GradientTape() as tape:
            tape.watch(given)
            value = inner(given)[:, 2, time // 4]
        expected = np.abs(tape.gradient(value, given).numpy()).mean(axis=0).T
        assert expected.shape == (T, C)
        np.testing.assert_allclose(values, expected, rtol=1e-4, atol=1e-9)
    assert session.sensitivity("risk", examples=rows).values.shape == (T, C)


def test_activations_and_statistics_know_their_axes(opened):
    session, _ = opened
    found = session.activations("conv", [0, 1])
    assert (found.layer.time_axis, found.layer.unit_axis, found.values.shape) == (2, 1, (2, 4, T))
    assert len(session.unit_statistics(["conv"])["conv"].mean) == 4
    assert session.mean_activations("pool").values.shape == (1, 4, 4)
