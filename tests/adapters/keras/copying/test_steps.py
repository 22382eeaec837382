"""Steps in one call end where steps one by one do."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from checks.dynamics.planted import blobs

from nbdebug.adapters.keras.copying.copies import Copy
from nbdebug.adapters.keras.structure import name_inputs
from nbdebug.records.mend import AS_IT_IS

layers = keras.layers


def stacked(*hidden, shape=(8,), loss="mse"):
    model = keras.Sequential([keras.Input(shape), *hidden, layers.Dense(1, name="price")])
    model.compile(keras.optimizers.Adam(0.01), loss)
    return model


def two_headed():
    inputs = keras.Input((8,))
    hidden = layers.Dense(6, activation="tanh")(inputs)
    model = keras.Model(inputs, [layers.Dense(1, name="price")(hidden), layers.Dense(1, name="rent")(hidden)])
    model.compile(keras.optimizers.SGD(0.05, momentum=0.9), ["mse", "mae"], loss_weights=[1.0, 0.3])
    return model


class Own(keras.Model):
    """A step as the Keras guide writes it, with a clipped gradient."""

    def __init__(self):
        super().__init__()
        self.price = layers.Dense(1)

    def call(self, x):
        return self.price(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.abs(y - self(x, training=True)))
        clipped = [tf.clip_by_norm(g, 0.5) for g in tape.gradient(loss, self.trainable_variables)]
        self.optimizer.apply(clipped, self.trainable_variables)
        return {"loss": loss}


def own():
    model = Own()
    model(np.zeros((1, 8), "float32"))
    model.compile(keras.optimizers.RMSprop(0.01))
    return model


MODELS = {
    "noise and averages": lambda: stacked(layers.Dense(6, "relu"), layers.BatchNormalization(), layers.Dropout(0.3)),
    "a loop of its own": lambda: stacked(layers.Reshape((8, 1)), layers.GRU(4)),
    "penalties": lambda: stacked(layers.Dense(6, kernel_regularizer="l2", activity_regularizer="l1")),
    "two heads": two_headed,
    "a step of its own": own,
}


def given(make):
    keras.utils.set_random_seed(0)
    model, (x, _) = make(), blobs(96)
    labels = x[:, :1] + np.sin(x[:, 1:2])
    heads = ("price", "rent") if make is two_headed else ("price",)
    return model, {"input": x}, dict.fromkeys(heads, labels)


def one_by_one(copy, x, y, order):
    """With Keras' own means, a call of Python a step."""
    (x,), labels = x.values(), list(y.values())
    for at in order:
        batch = [values[at].astype("float32") for values in labels]
        if isinstance(copy.model, Own):
            copy.model.train_step((tf.constant(x[at]), tf.constant(batch[0])))
        else:
            copy.model.train_on_batch(x[at], batch if len(batch) > 1 else batch[0])


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_steps_in_one_call_are_steps_one_by_one(make):
    model, x, y = given(make)
    at_once, slowly = (Copy(model, AS_IT_IS, x) for _ in range(2))
    begun = at_once.model.get_weights()
    order = np.stack([np.random.default_rng(at).permutation(96)[:16] for at in range(6)])
    for part in (order[:4], order[4:]):  # the optimizer goes on where it was
        at_once.train(x, y, part)
    one_by_one(slowly, x, y, order)
    for start, ours, theirs in zip(begun, at_once.model.get_weights(), slowly.model.get_weights(), strict=True):
        assert not np.array_equal(start, ours)
        assert np.allclose(ours, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("name", ["noise and averages", "two heads"])
def test_a_look_is_the_loss_of_keras_and_of_these_examples_alone(name):
    model, x, y = given(MODELS[name])
    copy = Copy(model, AS_IT_IS, x)
    copy.loss(x, {head: values + 7 for head, values in y.items()})
    (inputs,), labels = x.values(), list(y.values())
    expected = copy.model.test_on_batch(inputs, labels if len(labels) > 1 else labels[0], return_dict=True)["loss"]
    assert copy.loss(x, y) == pytest.approx(float(expected), rel=1e-5)


class Pair(keras.Model):
    """Takes a list."""

    def __init__(self):
        super().__init__()
        self.price = layers.Dense(1)

    def call(self, x):
        first, second = x
        return self.price(first) + second[:, :1]


def pair():
    model = Pair()
    model([np.zeros((1, 8), "float32"), np.zeros((1, 3), "float32")])
    return model


def tower(given):
    """The inputs have no names of their own, and are not interchangeable."""
    first, second = (layers.Dense(4, activation="tanh")(part) for part in keras.tree.flatten(given))
    return keras.Model(given, layers.Dense(1, name="price")(layers.Concatenate()([first, 3 * second])))


@pytest.mark.parametrize(
    ("make", "by_name"),
    [
        (lambda: tower([keras.Input((8,)), keras.Input((3,))]), False),
        (lambda: tower({"wide": keras.Input((8,)), "narrow": keras.Input((3,))}), True),
        (pair, False),
    ],
    ids=["listed", "named", "of a class that takes a list"],
)
def test_several_inputs_come_where_they_belong(make, by_name):
    keras.utils.set_random_seed(0)
    model, (x, _) = make(), blobs(64)
    model.compile(keras.optimizers.SGD(0.1), "mse")
    by_hand = {"wide": x, "narrow": x[:, 4:7]} if by_name else [x, x[:, 4:7]]
    given = name_inputs(model, by_hand)
    y, copy = {"price": x[:, 4:5]}, Copy(model, AS_IT_IS, given)
    before, predicted = copy.loss(given, y), np.asarray(copy.model(by_hand))
    assert before == pytest.approx(float(np.mean((y["price"] - predicted) ** 2)), rel=1e-4)
    copy.train(given, y, np.arange(64)[None].repeat(5, axis=0))
    assert copy.loss(given, y) < before
