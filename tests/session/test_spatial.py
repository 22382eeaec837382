"""Numbers with axes that are neither time nor units: what is averaged is said, and the words are what was computed."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from nbdebug.session import Session

N = 5
IMAGES = np.random.default_rng(0).normal(size=(N, 6, 5, 2)).astype("float32")
CLIPS = np.random.default_rng(1).normal(size=(N, 4, 6, 5, 2)).astype("float32")


def _naive(model, layer, x, number):
    """Mean over examples of the absolute gradient of `number`, and of the signed one."""
    inner = keras.Model(model.input, model.get_layer(layer).output)
    given = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(given)
        value = number(inner(given, training=False))
    gradient = tape.gradient(value, given).numpy()
    return np.abs(gradient).mean(axis=0), gradient.mean(axis=0)


def _agree(found, expected):
    np.testing.assert_allclose(found.values, expected[0], rtol=1e-4, atol=1e-8)
    np.testing.assert_allclose(found.mean_signed, expected[1], rtol=1e-4, atol=1e-8)


@pytest.fixture(scope="module")
def pixels():
    """A model that predicts at every pixel of an image."""
    keras.utils.set_random_seed(0)
    given = keras.Input((6, 5, 2))
    h = layers.Conv2D(3, 3, activation="tanh", name="conv")(given)
    model = keras.Model(given, layers.Conv2D(1, 1, name="depth")(h))
    return Session(model, IMAGES, np.zeros((N, 4, 3, 1))), model


def test_a_unit_of_an_image_layer(pixels):
    session, model = pixels
    found = session.sensitivity(layer="conv", unit=1)
    assert found.of == "unit 1 of conv (mean over 4 x 3 positions)"
    _agree(found, _naive(model, "conv", IMAGES, lambda y: tf.reduce_mean(y[..., 1], axis=(1, 2))))


def test_an_output_at_every_pixel(pixels):
    session, model = pixels
    found = session.sensitivity()
    assert found.of == "depth (mean over 4 x 3 positions)"
    _agree(found, _naive(model, "depth", IMAGES, lambda y: tf.reduce_mean(y[..., 0], axis=(1, 2))))


def test_a_unit_of_a_layer_over_time_and_rows_and_columns():
    keras.utils.set_random_seed(0)
    given = keras.Input((4, 6, 5, 2))
    h = layers.TimeDistributed(layers.Conv2D(3, 3, activation="tanh"), name="each")(given)
    model = keras.Model(given, layers.Dense(1)(layers.GlobalAveragePooling3D()(h)))
    session = Session(model, CLIPS)
    found = session.sensitivity(layer="each", unit=2, at=3)
    assert found.of == "unit 2 of each (mean over 4 x 3 positions)"
    _agree(found, _naive(model, "each", CLIPS, lambda y: tf.reduce_mean(y[:, 3, ..., 2], axis=(1, 2))))
    several = session.sensitivity(layer="each", unit=2, at=(0, 3))
    np.testing.assert_allclose(several.values[1], found.values, rtol=1e-5, atol=1e-9)


def test_one_number_says_nothing_of_positions():
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((6, 5, 2)), layers.Flatten(), layers.Dense(2, "sigmoid", name="head")])
    session = Session(model, IMAGES, np.eye(2)[np.arange(N) % 2], outputs=["a", "b"])
    assert session.sensitivity("b").of == "logit of b"
