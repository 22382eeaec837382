"""Copies that are kept begin as copies that are made."""

import random

import numpy as np
from checks.dynamics.planted import blobs, classifier

from nbdebug.adapters.keras.copying.cloning import clone
from nbdebug.adapters.keras.copying.stock import Stock
from nbdebug.records.mend import AS_IT_IS, Mend

X, Y = blobs(64)
BY_ZERO = Mend(layers={"hidden_0": {"kernel_initializer": "zeros"}})


def test_a_copy_begins_with_the_weights_of_its_seed_and_mend_whatever_came_before():
    model = classifier(width=4)
    stock = Stock(model, {"input": X})
    for mend, seed in [(AS_IT_IS, 0), (AS_IT_IS, 1), (BY_ZERO, 1), (Mend(learning_rate=0.5), 1), (AS_IT_IS, 0)]:
        copy = stock.initialised(mend, seed)
        expected = clone(model, mend, seed, {"input": X}).get_weights()
        assert all(np.array_equal(a, b) for a, b in zip(copy.model.get_weights(), expected, strict=True))
        copy.train({"input": X}, {"risk": Y}, np.arange(8)[None])
        assert not np.array_equal(copy.model.get_weights()[-1], expected[-1])  # the next one begins anew


def test_what_is_drawn_later_follows_from_the_seed():
    stock = Stock(classifier(width=4), {"input": X})
    draws = []
    for _ in range(2):  # the second time the weights are kept ones
        stock.initialised(AS_IT_IS, 5)
        draws.append((random.random(), np.random.random()))
    assert draws[0] == draws[1]


def test_a_copy_as_trained_has_the_present_weights():
    model = classifier(width=4)
    stock = Stock(model, {"input": X})
    stock.initialised(AS_IT_IS, 0)
    copy = stock.as_trained(AS_IT_IS)
    assert all(np.array_equal(a, b) for a, b in zip(copy.model.get_weights(), model.get_weights(), strict=True))
