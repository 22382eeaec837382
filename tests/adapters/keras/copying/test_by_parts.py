"""Models whose classes take arguments and have no `get_config`, made again of their parts."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.copying.by_parts import says_how
from nbdebug.adapters.keras.copying.cloning import clone
from nbdebug.errors import NbdebugError
from nbdebug.records.mend import AS_IT_IS

RANDOM = np.random.default_rng(0)
X = RANDOM.normal(size=(96, 6)).astype("float32")
Y = (X[:, 0] > 0).astype("float32")[:, None]


class Noise(keras.layers.Layer):
    """A layer without weights that draws at random, with an argument that no config knows."""

    def __init__(self, spread):
        super().__init__()
        self.spread = spread
        self.seeds = keras.random.SeedGenerator(7)

    def call(self, x, training=False):
        return x + self.spread * keras.random.normal(keras.ops.shape(x), seed=self.seeds) if training else x


class Trunk(keras.layers.Layer):
    """Layers in a list and a mapping, one of them twice."""

    def __init__(self, width):
        super().__init__()
        self.steps = [keras.layers.Dense(width, "relu"), keras.layers.BatchNormalization()]
        self.named = {"shared": keras.layers.Dense(width, "tanh")}
        self.again = self.named["shared"]
        self.noise = Noise(0.1)

    def call(self, x, training=False):
        for step in self.steps:
            x = step(x, training=training) if isinstance(step, keras.layers.BatchNormalization) else step(x)
        return self.noise(self.again(self.named["shared"](x)), training=training)


class Own(keras.Model):
    def __init__(self, width):
        super().__init__()
        self.trunk = Trunk(width)
        self.stack = keras.Sequential([keras.Input((width,)), keras.layers.Dense(4), keras.layers.Dropout(0.2)])
        self.end = keras.layers.Dense(1, "sigmoid")
        self._seen, self.limit = keras.metrics.Mean(name="loss"), np.float32(1.0)

    @property
    def metrics(self):
        return [self._seen]

    def call(self, x, training=False):
        return self.end(self.stack(self.trunk(x, training=training), training=training))

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply([tf.clip_by_norm(g, self.limit) for g in gradients], self.trainable_variables)
        self._seen.update_state(loss)
        return {"loss": self._seen.result()}


def error_of_ours(y, p):
    return keras.ops.mean(keras.ops.square(y - p), axis=-1)


@pytest.fixture
def model():
    keras.utils.set_random_seed(1)
    found = Own(8)
    found.compile(keras.optimizers.Adam(0.01), error_of_ours, metrics=["accuracy"])
    found.fit(X, Y, epochs=2, batch_size=16, verbose=0)
    return found


def state_of(model):
    variables = (*model.variables, *model.optimizer.variables, *(v for m in model.metrics for v in m.variables))
    return [np.array(variable) for variable in variables]


def test_it_does_the_same_with_the_same_weights_and_shares_none(model):
    assert not says_how(model)
    copy = clone(model, AS_IT_IS, 3, {"input": X})
    assert not {id(v) for v in copy.variables} & {id(v) for v in model.variables}
    assert not np.allclose(copy(X).numpy(), model(X).numpy())
    copy.set_weights(model.get_weights())
    np.testing.assert_array_equal(copy(X).numpy(), model(X).numpy())
    assert copy.trunk.again is copy.trunk.named["shared"]
    assert copy.trunk.noise.seeds is not model.trunk.noise.seeds
    assert copy._seen is not model._seen


def test_one_seed_is_one_network(model):
    first, again, other = (clone(model, AS_IT_IS, seed, {"input": X}).get_weights() for seed in (3, 3, 4))
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, two)
    assert not np.array_equal(first[0], other[0])


def test_training_copies_leaves_the_model_as_it_was_and_learns(model):
    before, history = state_of(model), model.history
    trainer = make_case(model, X, Y, fit={"epochs": 20, "batch_size": 16}).trainer
    losses = trainer.losses(AS_IT_IS, 0)
    assert losses[-1] < losses[0]
    for was, now in zip(before, state_of(model), strict=True):
        np.testing.assert_array_equal(was, now)
    assert model.history is history
    model.fit(X, Y, verbose=0)


class Weighted(keras.Model):
    def __init__(self, start):
        super().__init__()
        self.end = keras.layers.Dense(1)
        self.scale = self.add_weight(shape=(1,), initializer=keras.initializers.Constant(start))

    def call(self, x):
        return self.scale * self.end(x)


def test_weights_outside_of_layers_are_told():
    model = Weighted(2.0)
    model(X)
    model.compile("sgd", "mse")
    with pytest.raises(NbdebugError, match="weights outside of layers"):
        clone(model, AS_IT_IS, 0, {"input": X})


def test_a_loss_that_nobody_registered_is_no_hindrance():
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(8, "relu"), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.01), lambda y, p: keras.ops.mean(keras.ops.abs(y - p), axis=-1))
    losses = make_case(model, X, Y, fit={"epochs": 20, "batch_size": 16}).trainer.losses(AS_IT_IS, 0)
    assert losses[-1] < losses[0]
    assert model.compiled
