"""Activations are told by what they do."""

import keras
import pytest

from nbdebug.adapters.keras.reading.bends import activation_by_value


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.LeakyReLU(negative_slope=1.0),
        keras.layers.ReLU(negative_slope=1.0),
        keras.layers.Dense(3, activation=lambda x: 0.5 * x + 1),
        keras.layers.Activation(lambda x: x),
        keras.layers.Dense(3, activation="linear"),
    ],
)
def test_straight_lines(layer):
    assert activation_by_value(layer) == "linear"


@pytest.mark.parametrize(
    ("layer", "name"),
    [
        (keras.layers.LeakyReLU(negative_slope=0.99), "leaky_relu"),
        (keras.layers.ReLU(negative_slope=1.0, max_value=6.0), "relu"),
        (keras.layers.Dense(3, activation="relu"), "relu"),
        (keras.layers.Dense(3, activation=lambda x: keras.ops.maximum(x, -2.0)), "<lambda>"),
        (keras.layers.Activation(lambda x: x / keras.ops.sum(keras.ops.abs(x), axis=-1, keepdims=True)), "<lambda>"),
        (keras.layers.Flatten(), None),
    ],
)
def test_what_bends(layer, name):
    assert activation_by_value(layer) == name
