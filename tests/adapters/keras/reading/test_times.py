"""Time is followed through layers of every kind; spans are the input times that positions depend on."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers
from zoo.models import ZOO
from zoo.probes import looked

from nbdebug.adapters.keras.probe import KerasProbe
from nbdebug.adapters.keras.reading.following import places_of
from nbdebug.records.target import Target

T, C, N = 24, 2, 3
X = np.random.default_rng(5).normal(size=(N, T, C)).astype("float32")


def _probe(*stack, shape=(T, C), x=X):
    keras.utils.set_random_seed(5)
    return KerasProbe(keras.Sequential([keras.Input(shape), *stack]), {"input": x})


def _told(probe):
    layer = next(layer for layer in reversed(probe.layers) if layer.output_shape)
    return layer.time_axis, layer.time_span, layer.unit_axis


class Custom(layers.Layer):
    """Does what only its own code knows."""

    def __init__(self, function, **kwargs):
        super().__init__(**kwargs)
        self.function = function

    def call(self, x):
        return self.function(x)


STRIDING = {
    "slice": (lambda t: t[:, ::2], (1, 2, 2)),
    "every third": (lambda t: t[:, 1::3], (1, 3, 2)),
    "mean of four": (lambda t: tf.reduce_mean(tf.reshape(t, (-1, T // 4, 4, C)), axis=2), (1, 4, 2)),
    "largest of two": (lambda t: tf.reduce_max(tf.reshape(t, (-1, T // 2, 2, C)), axis=2), (1, 2, 2)),
    "one channel": (lambda t: t[:, ::2, 0], (1, 2, None)),
    "turned": (lambda t: tf.transpose(t[:, ::2], (0, 2, 1)), (2, 2, 1)),
    "units stacked": (lambda t: tf.reshape(t, (-1, T // 2, 2 * C)), (1, 2, 2)),
    "shares": (lambda t: tf.nn.softmax(t[:, ::2]), (1, 2, 2)),
    "the first half": (lambda t: t[:, : T // 2], (1, 1, 2)),
    "kept": (lambda t: t * 2, (1, 1, 2)),
    "kept, all mixed": (lambda t: tf.nn.softmax(t, axis=1), (1, 1, 2)),
}


@pytest.mark.parametrize("make", [layers.Lambda, Custom])
@pytest.mark.parametrize("kind", STRIDING)
def test_what_strides_time_is_measured(kind, make):
    function, expected = STRIDING[kind]
    assert _told(_probe(make(function, name="unknown"))) == expected


PLACES = {
    "the second half": (lambda t: t[:, T // 2 :], (T // 2, 1)),
    "every third from the fifth": (lambda t: t[:, 5::3], (5, 3)),
    "means of five": (lambda t: (t[:, :-4] + t[:, 1:-3] + t[:, 2:-2] + t[:, 3:-1] + t[:, 4:]) / 5, (2, 1)),
    "mean of four": (lambda t: tf.reduce_mean(tf.reshape(t, (-1, T // 4, 4, C)), axis=2), (1.5, 4)),
}


@pytest.mark.parametrize("kind", PLACES)
def test_where_the_positions_of_an_unknown_layer_stand_is_measured(kind):
    function, (first, apart) = PLACES[kind]
    probe = _probe(layers.MaxPooling1D(2), layers.UpSampling1D(2), layers.Lambda(function, name="unknown"))
    grid = probe.layers[-1].time_grid
    assert (grid.first, grid.apart) == (first, apart)


@pytest.mark.parametrize(
    ("function", "why"),
    [
        (lambda t: t[:, ::-1], "runs backwards"),
        (lambda t: t[:, ::-2], "runs backwards"),
        (lambda t: tf.gather(t, (*range(3, T), T - 1, T - 1), axis=1), "shifted"),
        (lambda t: tf.reduce_mean(t, axis=1), "no axis that follows"),
        (lambda t: tf.cast(tf.argmax(t[:, ::2], axis=2), "float32"), "no gradient tells"),
        (lambda t: tf.matmul(tf.ones_like(t[:, :3, :1]), tf.reduce_sum(t, 1, keepdims=True)), "no axis that follows"),
    ],
)
def test_what_does_not_follow_time_says_why(function, why):
    layer = _probe(layers.Lambda(function, name="unknown")).layers[0]
    assert layer.time_axis is None
    assert why in layer.reason


def test_what_is_behind_an_unknown_layer_is_followed_too():
    stack = [
        layers.AveragePooling1D(2), Custom(lambda t: t[:, ::2], name="a"), layers.Conv1D(3, 2, activation="tanh"),
        layers.Lambda(lambda t: t[:, : t.shape[1] // 2 * 2 : 2], name="b"), layers.SimpleRNN(2, return_sequences=True),
    ]  # fmt: skip
    spans = [layer.time_span for layer in _probe(*stack).layers if layer.output_shape]
    assert spans == [2, 4, 4, 8, 8]


def test_slices_between_the_layers_of_a_subclassed_model_are_measured():
    class Model(keras.Model):
        def __init__(self):
            super().__init__(name="slicing")
            self.first, self.second = layers.Conv1D(3, 1, name="first"), layers.Conv1D(4, 3, name="second")
            self.third = layers.Conv1D(2, 1, name="third")

        def call(self, x):
            x = self.first(x)
            return self.third(x[:, T // 2 :]), self.second(x[:, ::3])

    model = Model()
    model(X)
    found = {layer.name: layer for layer in KerasProbe(model, {"input": X}).layers}
    assert (found["second"].time_axis, found["second"].time_span) == (1, 3)
    assert (found["second"].time_grid.first, found["third"].time_grid.first) == (3, T // 2)


def test_a_model_that_runs_eagerly_guesses_nothing():
    model = keras.Sequential([keras.Input((T, C)), layers.Lambda(lambda t: t[:, ::2], name="half"), layers.Dense(1)])
    model.compile("sgd", "mse", run_eagerly=True)
    layer = KerasProbe(model, {"input": X}).layers[0]
    assert layer.time_axis is None
    assert "no gradient tells" in layer.reason


@pytest.mark.parametrize(
    "name",
    [n for n in ZOO if n not in ("embedding", "tokens_as_floats", "mask_zero", "masked_attention", "stateful_rnn")],
)
def test_positions_depend_on_a_time_of_their_span(name):
    """The span of each layer of the zoo against the gradient of one of its positions."""
    seen = looked(name)
    given = seen.probe.inputs[0]
    for layer in seen.probe.layers:
        if layer.time_axis is None or layer.unit_axis is None or given.n_times is None:
            continue
        assert layer.time_span * layer.n_positions <= given.n_times
        for position in (0, min(4, layer.n_positions - 1)):  # later ones may be padding
            size = np.zeros(given.n_times)
            for unit in range(layer.n_units):  # a unit that is zero here has no gradient
                found = seen.probe.gradient(Target(layer.name, None, unit, (position,)), seen.named)
                if given.name in found:
                    size += given.channels_last(found[given.name].absolute_sum)[0].sum(axis=1)
            if size.any():
                assert size[slice(*layer.time_grid.span_of(position))].any(), layer.name


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        ([[1, 0, 0, 0], [0, 0, 1, 0]], (0, 2)),
        ([[1, 1, 0, 0], [0, 0, 1, 1]], (0.5, 2)),
        ([[1, 0, 0, 0], [0, 1, 1, 1]], (0.5, 2)),
        ([[0, 0, 1, 0], [0, 0, 0, 1]], (2, 1)),
        ([[1, 1, 1, 1], [1, 1, 1, 1]], None),
        ([[0, 0, 1, 0], [1, 0, 0, 0]], None),
        ([[0, 0, 1, 0], [0, 0, 1, 1]], None),
        ([[0, 0, 0, 0], [0, 0, 1, 0]], None),
    ],
)
def test_places_are_told_only_where_they_move_on_evenly(lines, places):
    found, why = places_of(np.array(lines, bool), (0, 1))
    assert found == places
    assert bool(why) == (places is None)


FIRST = {"data_format": "channels_first"}
BY_CHANNEL = X.transpose(0, 2, 1).copy()


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        ([layers.MaxPooling1D(4, **FIRST)], (2, 4, 1)),
        ([layers.SeparableConv1D(3, 3, **FIRST)], (2, 1, 1)),
        ([layers.DepthwiseConv1D(2, strides=2, **FIRST)], (2, 2, 1)),
        ([layers.ZeroPadding1D(1, **FIRST), layers.ReLU()], (2, 1, 1)),
        ([layers.BatchNormalization(axis=1), layers.AveragePooling1D(2, **FIRST)], (2, 2, 1)),
        ([layers.ReLU(), layers.MaxPooling1D(2, **FIRST), layers.Permute((2, 1))], (1, 2, 2)),
        ([layers.MaxPooling1D(2, **FIRST), layers.Lambda(lambda t: t[:, :, ::3])], (2, 6, 1)),
        ([layers.MaxPooling1D(2, **FIRST), layers.Dense(5)], (None, None, 2)),
        ([layers.GlobalAveragePooling1D(**FIRST)], (None, None, 1)),
    ],
)
def test_channels_before_time(stack, expected):
    probe = _probe(*stack, shape=(C, T), x=BY_CHANNEL)
    assert _told(probe) == expected
    assert probe.inputs[0].channels_first
    assert (probe.inputs[0].kind, probe.inputs[0].shape, probe.inputs[0].n_times) == ("sequence", (T, C), T)


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        ([layers.Conv1D(3, 1), layers.Permute((2, 1))], (2, 1, 1)),
        ([layers.Permute((2, 1)), layers.SimpleRNN(4, return_sequences=True)], (None, None, 2)),
        ([layers.Permute((2, 1)), layers.Permute((2, 1)), layers.UpSampling1D(2)], (1, 1, 2)),
        ([layers.MaxPooling1D(4), layers.UpSampling1D(2)], (1, 2, 2)),
        ([layers.MaxPooling1D(6), layers.Conv1D(2, 2, padding="same"), layers.Conv1D(2, 3)], (1, 6, 2)),
        ([layers.Conv1DTranspose(2, 2, strides=2)], (1, 1, 2)),
    ],
)
def test_permuted_pooled_and_upsampled(stack, expected):
    assert _told(_probe(*stack)) == expected


@pytest.mark.parametrize(
    ("shape", "stack", "is_one"),
    [
        ((28, 28), [layers.Flatten()], True),
        ((28, 28), [layers.Rescaling(1 / 255), layers.Flatten()], True),
        ((28, 28), [layers.Reshape((28, 28, 1)), layers.Conv2D(2, 3), layers.Flatten()], True),
        ((28, 28), [layers.LSTM(4)], False),
        ((28, 28), [layers.Permute((2, 1)), layers.Flatten()], False),
        ((28, 28), [layers.Reshape((784, 1)), layers.LSTM(2)], False),
        ((48, 7), [layers.Flatten()], False),
        ((7, 7), [layers.Flatten()], False),
    ],
)
def test_pictures_without_an_axis_for_their_channel_are_pictures(shape, stack, is_one):
    model = keras.Sequential([keras.Input(shape, name="given"), *stack, layers.Dense(2, name="end")])
    x = np.random.default_rng(0).random((3, *shape)).astype("float32")
    (given,) = KerasProbe(model, {"given": x}).inputs
    assert (given.kind == "image") == is_one
    assert given.shape == ((*shape, 1) if is_one else shape)
    assert given.channels_last(x).shape == (3, *given.shape)
    assert given.n_times == (None if is_one else shape[0])


def test_a_single_token_is_a_category_and_has_no_time():
    model = keras.Sequential(
        [keras.Input((1,), name="city"), layers.Embedding(9, 3), layers.Flatten(), layers.Dense(1)]
    )
    probe = KerasProbe(model, {"city": np.array([[3], [8]])})
    assert (probe.inputs[0].kind, probe.inputs[0].channels) == ("tabular", ("city",))
    assert probe.heads[0].time_axis is None
