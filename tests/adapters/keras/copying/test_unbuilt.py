"""Models without weights are looked at in a copy."""

import keras
import numpy as np
import pytest
from zoo.fed import Subclassed, X, Y, net

import nbdebug
from nbdebug.adapters.keras.copying.unbuilt import with_weights
from nbdebug.errors import NbdebugError

BASE = keras.Sequential([keras.Input((6,)), keras.layers.Dense(5, "tanh", name="base_dense")], name="base")


class Sized(keras.Model):
    """Takes arguments that no config knows, and holds layers in lists, mappings and a stack of its own."""

    def __init__(self, units, base=None):
        super().__init__()
        self.base = base
        self.blocks = [keras.layers.Dense(units, "relu") for _ in range(2)]
        self.heads = {"risk": keras.layers.Dense(1, "sigmoid")}
        self.stack = keras.Sequential([keras.layers.Dense(units), keras.layers.BatchNormalization()])

    def call(self, x, training=False):
        hidden = self.stack(x if self.base is None else self.base(x), training=training)
        for block in self.blocks:
            hidden = block(hidden)
        return self.heads["risk"](hidden)


class Two(keras.Model):
    def __init__(self):
        super().__init__()
        self.end = keras.layers.Dense(1, "sigmoid")

    def call(self, x):
        return self.end(keras.ops.concatenate([x["left"], x["right"]], axis=-1))


class Attending(keras.Model):
    """Layers that hold other layers, cells and projections."""

    def __init__(self, width):
        super().__init__()
        self.words = keras.layers.Embedding(20, width, mask_zero=True)
        self.mix = keras.layers.MultiHeadAttention(2, width)
        self.memory = keras.layers.Bidirectional(keras.layers.LSTM(width, return_sequences=True))
        self.each = keras.layers.TimeDistributed(keras.layers.Dense(3, "relu"))
        self.end = keras.layers.Dense(1, "sigmoid")

    def call(self, x):
        hidden = self.words(x)
        return self.end(keras.ops.mean(self.each(self.memory(self.mix(hidden, hidden))), axis=1))


def compiled(model):
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return model


UNBUILT = {
    "a stack": (net, X),
    "a class": (lambda: compiled(Subclassed()), X),
    "a class with arguments": (lambda: compiled(Sized(7)), X),
    "a class over a base": (lambda: compiled(Sized(7, BASE)), X),
    "recurrence and attention": (lambda: compiled(Attending(4)), np.arange(60 * 5).reshape(60, 5) % 20),
    "several inputs": (lambda: compiled(Two()), {"left": X[:, :2], "right": X[:, 2:]}),
}


def layers_of(model):
    for layer in model.layers:
        yield layer
        yield from layers_of(layer) if isinstance(layer, keras.Model) else ()


@pytest.mark.parametrize("name", UNBUILT)
def test_the_copy_has_the_weights_that_fit_begins_with(name):
    make, x = UNBUILT[name]
    model = make()
    copy = with_weights(model, x)
    assert copy.built
    model(x if not isinstance(x, dict) else {key: keras.ops.convert_to_tensor(value) for key, value in x.items()})
    assert len(copy.weights) == len(model.weights) > 0
    for copied, weight in zip(copy.weights, model.weights, strict=True):
        assert np.array_equal(copied, weight), weight.path


@pytest.mark.parametrize("name", UNBUILT)
def test_the_model_itself_stays_unbuilt(name):
    make, x = UNBUILT[name]
    model, base = make(), [weight.numpy() for weight in BASE.weights]
    nodes = len(BASE.layers[-1]._inbound_nodes)
    state = np.random.get_state()[1].tobytes()
    nbdebug.check(model, x, Y, epochs=3)
    assert np.random.get_state()[1].tobytes() == state
    ours = [layer for layer in layers_of(model) if layer.name not in ("base", "base_dense")]
    assert not model.built
    assert not any(layer.weights for layer in ours)
    assert all(np.array_equal(*pair) for pair in zip(base, BASE.weights, strict=True))
    assert len(BASE.layers[-1]._inbound_nodes) == nodes
    wider = {key: np.tile(value, 2) for key, value in x.items()} if isinstance(x, dict) else np.tile(x, 2)
    if "base" not in name:
        model.fit(wider, Y, verbose=0)  # the same model is still free for another input


@pytest.mark.parametrize("make", [net, lambda: compiled(Sized(7))], ids=["a stack", "a class"])
def test_training_afterwards_is_what_it_would_have_been(make):
    def trained(looked_at):
        keras.utils.clear_session()
        keras.utils.set_random_seed(5)
        model = make()
        if looked_at:
            nbdebug.check(model, X, Y, only=("contract", "initialisation"))
        history = model.fit(X, Y, epochs=2, verbose=0).history
        return history, [weight.tobytes() for weight in model.get_weights()], keras.layers.Dense(1).name

    assert trained(True) == trained(False)


def test_faults_are_found():
    model = keras.Sequential([keras.layers.Dense(8, "relu"), keras.layers.Dense(1, "softmax")])
    model.compile("adam", "binary_crossentropy")
    assert nbdebug.check(model, X, Y).findings[0].check == "softmax_on_one_unit"


def test_what_cannot_be_called_on_the_data_says_why():
    model = compiled(keras.Sequential([keras.layers.LSTM(3), keras.layers.Dense(1)]))
    with pytest.raises(NbdebugError, match="ndim=3") as caught:
        nbdebug.check(model, X, Y)
    assert "Input" in caught.value.fix
    assert not model.built
