"""Copies: what they learn, that one seed differs by the mend alone, and that the user's model never notices."""

import logging
import random
import time

import keras
import numpy as np
import pytest
import tensorflow as tf
from checks.dynamics.planted import blobs, classifier

from nbdebug.adapters.keras.copying.allowance import EVERY, FEWEST, STEPS, Deadline
from nbdebug.adapters.keras.copying.cloning import clone
from nbdebug.adapters.keras.copying.copies import Copy
from nbdebug.adapters.keras.copying.copyable import copyable
from nbdebug.adapters.keras.copying.trainer import Copies
from nbdebug.adapters.keras.copying.work import Work
from nbdebug.errors import NbdebugError
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
    assert np.array_equal(once, again)


def test_copies_learn_at_the_rate_that_the_fit_began_with():
    x, y = blobs()
    model = classifier()
    trainer = Copies(model, {"input": x}, {"risk": y}, 32)
    model.optimizer.learning_rate = 1e-8  # as a callback leaves it
    assert np.array_equal(
        trainer.losses(AS_IT_IS, 0), Copies(classifier(), {"input": x}, {"risk": y}, 32).losses(AS_IT_IS, 0)
    )


def test_a_slow_machine_gives_the_same_numbers(copies):
    trainer, model = copies
    x, y = blobs()
    slow = Copies(model, {"input": x}, {"risk": y}, 32, pulse=lambda: time.sleep(0.2))
    assert np.array_equal(trainer.losses(AS_IT_IS, 0), slow.losses(AS_IT_IS, 0))


def test_a_machine_that_is_far_too_slow_is_said_to_be(copies, monkeypatch):
    trainer, _ = copies
    monkeypatch.setattr("nbdebug.adapters.keras.copying.trainer.Deadline", lambda steps, _: Deadline(steps, -1.0))
    with pytest.raises(NbdebugError, match="too slow") as raised:
        trainer.losses(AS_IT_IS, 0)
    assert "0 of 60 steps" in raised.value.got


def test_a_large_network_gets_fewer_steps():
    x, y = blobs()
    trainer = Copies(classifier(), {"input": x}, {"risk": y}, 32, work=Work(1e8))
    assert trainer.steps == FEWEST
    assert len(trainer.losses(AS_IT_IS, 0, patience=4)) == FEWEST // EVERY + 1


def test_losses_are_those_of_steps_one_by_one(copies):
    """The same batches, a call of Keras a step."""
    trainer, model = copies
    x, y = blobs()
    copy = Copy(model, AS_IT_IS, {"input": x})
    copy.anew(clone(model, AS_IT_IS, 4, {"input": x}).get_weights(), AS_IT_IS)
    at, random = np.sort(np.random.default_rng(4).permutation(256)), np.random.default_rng(4)
    losses = [copy.model.test_on_batch(x, y)]
    for step in range(1, STEPS + 1):
        batch = at[random.permutation(256)[:32]]
        copy.model.train_on_batch(x[batch], y[batch])
        losses += [copy.model.test_on_batch(x, y)] if step % EVERY == 0 else []
    assert np.allclose(trainer.losses(AS_IT_IS, 4), np.ravel(losses), rtol=1e-4)


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
    def __init__(self, layer=None):
        super().__init__()
        self.dense = layer or keras.layers.Dense(1)

    def call(self, x):
        return self.dense(x)


def test_what_cannot_be_copied_says_why():
    uncompiled = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1)])
    assert "not compiled" in copyable(uncompiled)
    assert copyable(classifier()) == ""


def test_compiling_copies_tells_the_user_nothing(copies):
    trainer, _ = copies
    told = []
    handler = logging.Handler()
    handler.emit = told.append
    tf.get_logger().addHandler(handler)
    try:
        for _ in range(7):
            trainer.gradients()  # one call a copy, so that TensorFlow sees nothing but tracing
    finally:
        tf.get_logger().removeHandler(handler)
    assert not told


class Stepping(Own):
    """Unpacks what `fit` hands it, as the Keras guide does."""

    rate = 1.0

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.rate * tf.reduce_mean(tf.square(y - self(x, training=True)))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


def stepping(kind=Stepping):
    keras.utils.set_random_seed(0)
    model = kind()
    model(np.zeros((1, 8), "float32"))
    model.compile(keras.optimizers.Adam(0.05))
    return model


class Alone(Stepping):
    def __init__(self):
        super().__init__()


def test_a_class_with_a_step_of_its_own_is_copied_and_left_alone():
    x, _ = blobs()
    y = x[:, :1] + 1
    model = stepping(Alone)
    assert copyable(model) == ""
    before = [w.copy() for w in model.get_weights()]
    trainer = Copies(model, {"input": x}, {"dense": y}, 32)
    losses = trainer.losses(AS_IT_IS, 0)
    assert losses[-1] < 0.5 * losses[0]
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))
    assert not model.optimizer.built


def test_a_look_at_a_step_of_its_own_moves_nothing():
    x, _ = blobs()
    copy = Copy(stepping(Alone), AS_IT_IS, {"input": x})
    before = [np.array(v) for v in (*copy.model.variables, *copy.model.optimizer.variables)]
    prediction = np.asarray(copy.model(x))
    loss = copy.loss({"input": x}, {"dense": x[:, :1]})
    assert loss == pytest.approx(float(np.mean((x[:, :1] - prediction) ** 2)), rel=1e-4)
    after = [np.array(v) for v in (*copy.model.variables, *copy.model.optimizer.variables)]
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_what_the_user_put_on_a_model_is_put_on_its_copy():
    model = stepping(Alone)
    model.rate = 100.0
    x, _ = blobs()
    copy = Copy(model, AS_IT_IS, {"input": x})
    assert copy.model.rate == 100.0


OUTSIDE = keras.Variable(np.zeros(3, "float32"), name="outside")


class Reaching(Alone):
    """Changes what is not its own."""

    def train_step(self, data):
        OUTSIDE.assign_add(np.ones(3, "float32"))
        return super().train_step(data)


def test_a_step_that_changes_more_than_the_copy_is_refused():
    x, _ = blobs()
    trainer = Copies(stepping(Reaching), {"input": x}, {"dense": x[:, :1]}, 32)
    with pytest.raises(NbdebugError, match="not the model's own"):
        trainer.losses(AS_IT_IS, 0)
    assert not np.array(OUTSIDE).any()


SHARED = keras.layers.Dense(1)


class Sharing(Alone):
    def __init__(self):
        super().__init__()
        self.dense = SHARED


def test_a_class_whose_copies_would_share_weights_is_refused():
    x, _ = blobs()
    with pytest.raises(NbdebugError, match="shares weights"):
        Copies(stepping(Sharing), {"input": x}, {"dense": x[:, :1]}, 32).losses(AS_IT_IS, 0)


def penalised():
    keras.utils.set_random_seed(0)
    layers = [
        keras.layers.Dense(4, activity_regularizer="l2", kernel_regularizer="l1"),
        keras.layers.ActivityRegularization(l1=0.1),
        keras.layers.Dense(1, name="price"),
    ]
    model = keras.Sequential([keras.Input((8,)), *layers])
    model.compile(keras.optimizers.SGD(0.1), "mse")
    return model


def test_penalties_are_not_part_of_what_is_looked_at():
    x, _ = blobs()
    y = x[:, :1]
    copy = Copy(penalised(), AS_IT_IS, {"input": x})
    assert copy.is_penalised({"input": x[:2]})
    data = float(np.mean((y - np.asarray(copy.model(x))) ** 2))
    assert copy.loss({"input": x}, {"price": y}) == pytest.approx(data, rel=1e-4)
    assert not Copy(classifier(), AS_IT_IS, {"input": x}).is_penalised({"input": x[:2]})


@pytest.mark.parametrize("counted", [True, False])
def test_penalties_move_weights_only_where_they_count(counted):
    """Labels that are the predictions leave nothing to move by but the penalties."""
    x, _ = blobs()
    copy = Copy(penalised(), Mend(penalties=counted), {"input": x})
    y = np.asarray(copy.model(x))
    before = copy.model.get_weights()
    copy.update({"input": x}, {"price": y})
    far = max(float(np.abs(a - b).max()) for a, b in zip(before, copy.model.get_weights(), strict=True))
    assert far > 1e-3 if counted else far < 1e-6


def test_losses_of_examples_that_the_copy_does_not_train_on():
    """Labels without any rule can be learned by heart, but not foretold."""
    x = np.random.default_rng(0).normal(size=(128, 8)).astype("float32")
    y = np.random.default_rng(1).integers(0, 2, 128)
    trainer = Copies(classifier(width=256), {"input": x}, {"risk": y}, 32)
    seen, others = trainer.losses(AS_IT_IS, 0, 4), trainer.losses(AS_IT_IS, 0, 4, held_out=True)
    assert seen[-1] < 0.6
    assert others[-1] > 0.69


@pytest.mark.parametrize("kind", ["Identity", "Flatten"])
def test_another_layer_in_the_place_of_one(kind):
    pool = keras.layers.GlobalAveragePooling1D(name="pool")
    model = keras.Sequential([keras.Input((5, 3)), pool, keras.layers.Dense(1, name="price")])
    model.compile("sgd", "mse")
    x = np.ones((64, 5, 3), "float32")
    copy = Copy(model, Mend(instead={"pool": kind}), {"input": x})
    assert copy.model.get_layer("price").kernel.shape == ((3, 1) if kind == "Identity" else (15, 1))


def test_hidden_layers_before_a_head():
    x, _ = blobs()
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid", name="risk")])
    model.compile("sgd", "binary_crossentropy")
    copy = Copy(model, Mend(hidden={"risk": 32}), {"input": x})
    assert [w.shape for w in copy.model.weights if len(w.shape) > 1] == [(8, 32), (32, 32), (32, 1)]


def test_hidden_layers_before_a_head_that_keras_named():
    """On the thread of copies Keras would give the first hidden layer the same name."""
    x, y = blobs()
    model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid", name="dense")])
    model.compile("sgd", "binary_crossentropy")
    losses = Copies(model, {"input": x}, {"dense": y}, 32).losses(Mend(hidden={"dense": 16}), 0)
    assert np.isfinite(losses).all()
