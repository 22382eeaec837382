"""Layers made anew: the same class, name and settings, weights of their own, and nothing of the user's shared."""

import keras
import numpy as np
import pytest

from nbdebug.adapters.keras.copying.again import layer_again
from nbdebug.errors import NbdebugError


class Scaled(keras.layers.Layer):
    """Takes none of Keras' own arguments, as most layers in notebooks."""

    def __init__(self, by):
        super().__init__()
        self.by = by

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1],))

    def call(self, inputs):
        return inputs * self.by + self.kernel


def again(layer):
    return layer_again(layer, layer.get_config())


def test_a_layer_that_takes_no_name_is_made_under_the_same_name():
    layer = Scaled(3.0)
    layer(np.ones((1, 2)))
    made = again(layer)
    assert (made.name, made.by, made.dtype_policy) == (layer.name, 3.0, layer.dtype_policy)
    made(np.ones((1, 2)))
    assert {id(w) for w in made.weights}.isdisjoint({id(w) for w in layer.weights})


def test_a_lambda_is_made_with_its_own_function():
    power = 2
    layer = keras.layers.Lambda(lambda x: np.pi * keras.ops.power(x, power), output_shape=(3,), name="raised")
    made = again(layer)
    assert made is not layer
    assert made.name == "raised"
    np.testing.assert_allclose(made(np.full((1, 3), 2.0)), np.full((1, 3), 4 * np.pi), rtol=1e-6)


@pytest.mark.parametrize("of", ["closure", "default", "itself"])
def test_a_lambda_that_holds_a_layer_of_the_model_is_refused(of):
    norm = keras.layers.BatchNormalization()
    functions = {"closure": lambda x: norm(x), "default": lambda x, layer=norm: layer(x), "itself": norm}
    with pytest.raises(NbdebugError, match="uses layers or variables from outside"):
        again(keras.layers.Lambda(functions[of]))
