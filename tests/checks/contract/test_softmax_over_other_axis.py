"""Shares over another axis than the classes."""

import keras
import numpy as np
import pytest
from keras import layers

from nbdebug.checkup import check


def network(axis):
    keras.utils.set_random_seed(0)
    given = keras.Input((6, 3))
    model = keras.Model(given, layers.Softmax(axis=axis, name="state")(layers.Dense(4)(given)))
    model.compile("adam", "sparse_categorical_crossentropy")
    random = np.random.default_rng(0)
    return model, random.normal(size=(40, 6, 3)).astype("float32"), random.integers(0, 4, (40, 6))


@pytest.mark.parametrize(("axis", "told"), [(1, "axis 1 (6 values)"), (0, "examples of a batch")])
def test_shares_over_another_axis(axis, told):
    (found,) = check(*network(axis), only=["softmax_over_other_axis"]).findings
    assert (found.severity, found.cause) == ("error", "output_activation")
    assert told in found.why


def test_shares_over_the_classes():
    assert not check(*network(-1), only=["softmax_over_other_axis"]).findings
