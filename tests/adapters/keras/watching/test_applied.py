"""Hearing of an optimizer changes nothing about it."""

import keras
import numpy as np
import pytest

from nbdebug.adapters.keras.watching.applied import on_applied

OPTIMIZERS = keras.optimizers.Optimizer


def moved(optimizer):
    weight = keras.Variable(np.ones(3, "float32"))
    optimizer.apply_gradients([(np.full(3, 0.5, "float32"), weight)])
    return np.array(weight)


@pytest.mark.parametrize("make", [keras.optimizers.Adam, lambda: keras.optimizers.SGD(0.1, momentum=0.9)])
def test_the_first_step_is_told_of_once_and_is_what_it_was(make):
    told, before = [], vars(OPTIMIZERS).get("apply")
    expected = moved(make())
    on_applied(lambda: told.append(1))
    assert np.array_equal(moved(make()), expected)
    assert np.array_equal(moved(make()), expected)
    assert told == [1]
    assert vars(OPTIMIZERS).get("apply") is before


def test_after_its_end_nothing_is_told():
    told, before = [], vars(OPTIMIZERS).get("apply")
    on_applied(lambda: told.append(1))()
    moved(keras.optimizers.Adam())
    assert not told
    assert vars(OPTIMIZERS).get("apply") is before
