"""Windows that step over part of what they are given."""

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.checkup import check


def found_in(shape, *windowed):
    model = keras.Sequential([keras.Input(shape), *windowed, layers.Flatten(), layers.Dense(1)])
    model.compile("adam", "mse")
    report = check(model, np.random.default_rng(0).normal(size=(16, *shape)), np.zeros(16), only=["strides_skip"])
    assert report.verdicts[0].kind in ("clear", "found")
    return report.findings


def seen(layer, shape):
    """Share of places that an output depends on, by moving each of them."""
    x = np.zeros((1, *shape))
    before, moved = np.asarray(layer(x)), []
    for place in np.ndindex(shape[:-1]):
        other = x.copy()
        other[(0, *place)] = 1.0
        moved.append(not np.allclose(np.asarray(layer(other)), before))
    return np.mean(moved)


@pytest.mark.parametrize(
    ("shape", "layer"),
    [
        ((40, 1), layers.Conv1D(4, 2, strides=4, kernel_initializer="ones")),
        ((12, 12, 1), layers.Conv2D(4, 2, strides=3, kernel_initializer="ones")),
        ((40, 1), layers.AveragePooling1D(1, strides=2)),
    ],
)
def test_steps_that_are_wider_than_windows(shape, layer):
    (found,) = found_in(shape, layer)
    assert found.measured == pytest.approx(1 - seen(layer, shape))


@pytest.mark.parametrize(
    "layer",
    [
        layers.Conv1D(4, 4, strides=4),
        layers.Conv1D(4, 3, dilation_rate=2),
        layers.MaxPooling1D(2),
        layers.Conv1D(4, 5, strides=2),
        layers.Conv1DTranspose(4, 2, strides=4),
    ],
)
def test_steps_as_wide_as_windows(layer):
    assert not found_in((40, 1), layer)


def test_a_shortcut_beside_a_wider_way():
    given = keras.Input((16, 3))
    wide, narrow = layers.Conv1D(8, 3, strides=2, padding="same")(given), layers.Conv1D(8, 1, strides=2)(given)
    model = keras.Model(given, layers.Dense(1)(layers.Flatten()(layers.Add()([wide, narrow]))))
    model.compile("adam", "mse")
    assert not check(model, np.zeros((16, 16, 3)), np.zeros(16), only=["strides_skip"]).findings
