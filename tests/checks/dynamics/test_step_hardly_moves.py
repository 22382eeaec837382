"""Training steps of one's own, and how far they go."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from nbdebug.adapters.keras.cases import make_case
from nbdebug.checkup import check

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(200, 5)).astype("float32")
Y = (X[:, 0] > 0).astype("float32")[:, None]


@keras.saving.register_keras_serializable(package="nbdebug-tests")
class Shortened(keras.Model):
    """Shortens the gradient by hand, or bends it."""

    times = 1.0
    bent = staticmethod(lambda gradient: gradient)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply([self.times * self.bent(gradient) for gradient in gradients], self.trainable_variables)
        return {"loss": loss}


def shortened(times, optimizer):
    keras.utils.set_random_seed(0)
    entry = keras.Input((5,))
    hidden = keras.layers.Dense(8, activation="tanh")(entry)
    model = Shortened(entry, keras.layers.Dense(1, activation="sigmoid")(hidden))
    model.times = times
    model.compile(optimizer, "binary_crossentropy")
    return model


def findings(model, name="step_hardly_moves"):
    return check(model, X, Y, only=[name], epochs=10, batch_size=20).findings


def test_how_far_steps_go():
    """One batch again and again, by hand, beside what the trainer says."""
    model = shortened(0.001, keras.optimizers.SGD(0.01))
    found = make_case(model, X, Y, fit={"epochs": 10, "batch_size": 20}).trainer.by_step()
    assert found.own / found.keras == pytest.approx(0.001, rel=0.2)
    size = np.sqrt(sum(np.sum(np.square(weight)) for weight in model.get_weights()))
    assert found.size == pytest.approx(size, rel=0.5)  # other weights of the same initialisers
    same = make_case(shortened(1.0, "sgd"), X, Y, fit={"epochs": 10, "batch_size": 20}).trainer.by_step()
    assert same.own == pytest.approx(same.keras, rel=1e-4)
    assert same.own_one_way == pytest.approx(same.keras_one_way, abs=0.05)
    assert 0.5 <= same.own_one_way < 0.9


def test_a_gradient_that_is_shortened_to_nothing():
    (found,) = findings(shortened(1e-5, keras.optimizers.SGD(0.1)))
    assert (found.cause, found.severity) == ("optimizer", "error")
    assert 0 < found.measured < found.threshold


@pytest.mark.parametrize(
    ("times", "optimizer"),
    [(1.0, "sgd"), (1e-5, "adam"), (1e-5, keras.optimizers.SGD(1e4)), (0.05, keras.optimizers.SGD(0.1))],
    ids=["as it is", "whatever the size", "a rate that makes up for it", "a bit shorter"],
)
def test_steps_that_get_somewhere(times, optimizer):
    assert not findings(shortened(times, optimizer))


class CutAtNothing(Shortened):
    bent = staticmethod(tf.nn.relu)


class Unsigned(Shortened):
    bent = staticmethod(tf.abs)


class CutOnBothSides(Shortened):
    bent = staticmethod(lambda gradient: tf.clip_by_value(gradient, -1e-3, 1e-3))


@pytest.mark.parametrize(("kind", "one_way"), [(CutAtNothing, True), (Unsigned, True), (CutOnBothSides, False)])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_gradients_that_have_lost_their_sign(kind, one_way, optimizer):
    keras.utils.set_random_seed(0)
    entry = keras.Input((5,))
    hidden = keras.layers.Dense(8, activation="tanh")(entry)
    model = kind(entry, keras.layers.Dense(1, activation="sigmoid")(hidden))
    model.compile(optimizer, "binary_crossentropy")
    found = findings(model, "step_goes_one_way")
    assert bool(found) == one_way
    assert all(each.measured == 1 for each in found)
