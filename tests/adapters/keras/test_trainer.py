"""Copies: what they learn, that one seed differs by the mend alone, and that the user's model never notices."""

import logging
import random

import keras
import numpy as np
import pytest
import tensorflow as tf
from checks.dynamics.planted import blobs, classifier

from nbdebug.adapters.keras.copies import copyable
from nbdebug.adapters.keras.trainer import Copies
from nbdebug.records.mend import AS_IT_IS, Mend


@pytest.fixture
def copies():
    x, y = blobs()
    model = classifier()
    return Copies(model, {"input": x}, {"risk": y}, 32), model


def test_a_copy_learns_and_the_model_does_not(copies):
    trainer, model = copies
    before = [w.copy() for w in model.get_weights()]
    losses = trainer.losses(AS_IT_IS, 0)
    assert losses[-1] < 0.7 * losses[0]
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))
    assert not model.optimizer.built or int(model.optimizer.iterations) == 0


def test_one_seed_starts_from_one_state(copies):
    trainer, _ = copies
    plain, mended = trainer.losses(AS_IT_IS, 1), trainer.losses(Mend(learning_rate=1e-4), 1)
    assert plain[0] == mended[0]
    assert plain[-1] != mended[-1]
    assert plain[0] != trainer.losses(AS_IT_IS, 2)[0]


def test_the_same_trial_gives_the_same_numbers():
    x, y = blobs()
    once, again = (Copies(classifier(), {"input": x}, {"risk": y}, 32).losses(AS_IT_IS, 0) for _ in range(2))
    shared = min(len(once), len(again))  # how many steps are affordable depends on the machine
    assert np.array_equal(once[:shared], again[:shared])


def test_random_states_and_names_are_left_alone(copies):
    trainer, _ = copies
    keras.layers.Dense(1)
    number = int(keras.layers.Dense(1).name.split("_")[-1])
    before = random.getstate(), np.random.get_state()[1].tolist()
    trainer.losses(AS_IT_IS, 3)
    assert (random.getstate(), np.random.get_state()[1].tolist()) == before
    assert keras.layers.Dense(1).name == f"dense_{number + 1}"


def test_losses_on_standardised_labels_are_on_the_users_scale():
    x, _ = blobs()
    y = 1000.0 * x[:, :1]
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, kernel_initializer="zeros", name="price")])
    model.compile("sgd", "mse")
    trainer = Copies(model, {"input": x}, {"price": y}, 32)
    first = trainer.losses(Mend(standardise_targets=True), 0)[0]
    assert first == pytest.approx(np.var(y), rel=0.1)  # a head of zeros predicts the mean


def test_frozen_weights_are_taken_over():
    x, y = blobs()
    normalise = keras.layers.Normalization()
    normalise.adapt(x * 100)
    model = keras.Sequential([keras.Input((8,)), normalise, keras.layers.Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
    losses = Copies(model, {"input": x * 100}, {"risk": y}, 32).losses(AS_IT_IS, 0)
    assert losses[-1] < losses[0] < 5


class Own(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = keras.layers.Dense(1)

    def call(self, x):
        return self.dense(x)


def test_what_cannot_be_copied_says_why():
    uncompiled = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
    assert "not compiled" in copyable(uncompiled)
    own = Own()
    own.compile("sgd", "mse")
    assert "code of its own" in copyable(own)
    assert copyable(classifier()) == ""


def test_compiling_copies_tells_the_user_nothing(copies):
    trainer, _ = copies
    trainer.steps = 0  # one call a copy, so that TensorFlow sees nothing but tracing
    told = []
    handler = logging.Handler()
    handler.emit = told.append
    tf.get_logger().addHandler(handler)
    try:
        for by in range(7):
            trainer.losses(Mend(layers={"hidden_0": {"activation": "relu", "name": f"hidden_{by}_"}}), 0)
    finally:
        tf.get_logger().removeHandler(handler)
    assert not told
