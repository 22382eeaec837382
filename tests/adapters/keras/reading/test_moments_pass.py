"""Which layers put out nothing below zero for sure."""

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.adapters.keras.reading.moments_pass import is_rectified


class Own(layers.Dense):
    def call(self, x):
        return super().call(x) - 1


class OwnReLU(layers.ReLU):
    def call(self, x):
        return super().call(x) - 1


RECTIFIED = [
    layers.Dense(4, activation="relu"),
    layers.Conv1D(4, 3, activation="relu"),
    layers.Activation("relu"),
    layers.ReLU(),
    layers.ReLU(6.0),
    layers.ReLU(threshold=1.0),
]
OTHERS = [
    layers.Dense(4),
    layers.Dense(4, activation="leaky_relu"),
    layers.Dense(4, activation=lambda x: keras.activations.relu(x) - 1),
    layers.ReLU(negative_slope=0.1),
    OwnReLU(),
    layers.LeakyReLU(),
    layers.LSTM(4, activation="relu", recurrent_activation="tanh"),
    Own(4, activation="relu"),
]


@pytest.mark.parametrize("layer", RECTIFIED)
def test_a_rectified_layer_puts_out_nothing_below_zero(layer):
    assert is_rectified(layer)
    assert np.min(layer(10 * np.random.default_rng(0).normal(size=(8, 6, 3)).astype("float32"))) >= 0


@pytest.mark.parametrize("layer", OTHERS)
def test_another_may(layer):
    assert not is_rectified(layer)
