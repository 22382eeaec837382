"""Weights that an initialiser drew, and weights that it did not."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from nbdebug.adapters.keras.cases import make_case
from nbdebug.checks.drawn import as_drawn, loaded

INITIALISERS = ("glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal")
X = np.zeros((8, 6, 6, 3), "float32")


def case_of(initialiser, seed=0, change=None):
    keras.utils.set_random_seed(seed)
    convolution = keras.layers.Conv2D(8, 3, kernel_initializer=initialiser, name="layer")
    model = keras.Sequential([keras.Input((6, 6, 3)), convolution])
    if change is not None:
        convolution.set_weights(change(*convolution.get_weights()))
    return make_case(model, X)


@pytest.mark.parametrize("initialiser", INITIALISERS)
def test_what_was_drawn_is_not_held_for_loaded(initialiser):
    for seed in range(4):
        case = case_of(initialiser, seed)
        assert as_drawn(case, case.nodes[0], 1e-3)
        assert not loaded(case, case.nodes[0])


@pytest.mark.parametrize(
    "change",
    [lambda kernel, bias: [3 * kernel, bias], lambda kernel, bias: [0.3 * kernel, bias], lambda k, b: [k, b + 0.1]],
    ids=["larger", "smaller", "a bias that moved"],
)
@pytest.mark.parametrize("initialiser", INITIALISERS)
def test_what_no_draw_makes_was_loaded(initialiser, change):
    case = case_of(initialiser, change=change)
    assert loaded(case, case.nodes[0])
    assert not as_drawn(case, case.nodes[0], 1e-3)


@pytest.mark.parametrize("initialiser", INITIALISERS)
def test_principal_components_are_no_draw(initialiser):
    base = np.linalg.qr(np.random.default_rng(0).normal(size=(27, 8)))[0].reshape(3, 3, 3, 8)
    case = case_of(initialiser, change=lambda _kernel, bias: [base, bias])
    assert loaded(case, case.nodes[0])


@pytest.mark.parametrize("initialiser", INITIALISERS)
def test_one_weight_that_is_too_large_was_not_drawn(initialiser):
    case = case_of(initialiser, change=lambda k, b: [np.where(k == k.max(), 4 * k, k), b])
    assert loaded(case, case.nodes[0])


def test_after_training_nothing_is_known_to_be_loaded():
    case = case_of("he_normal", change=lambda kernel, bias: [kernel, bias + 1])
    assert not loaded(replace(case, training=replace(case.training, done=5)), case.nodes[0])
