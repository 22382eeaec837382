"""What a step takes, counted by hand; and how many steps that makes."""

import keras
import numpy as np
import pytest

from nbdebug.adapters.keras.cases import make_case
from nbdebug.adapters.keras.copying.allowance import BUDGET, EVERY, FEWEST, LIMIT, SPEED, STEPS, Allowance, Deadline
from nbdebug.adapters.keras.copying.work import Work, work_of
from nbdebug.errors import NbdebugError

layers = keras.layers
VALUE = 16


def work(*stack, shape, kind="float32"):
    model = keras.Sequential([keras.Input(shape, dtype=kind), *stack])
    x = np.zeros((4, *(7 if size is None else size for size in shape)), kind)
    case = make_case(model, x)
    return work_of(case.nodes, case.weights, model.count_params(), 7)


def products(found, values):
    return found.example - VALUE * values


def test_a_dense_layer_goes_through_its_kernel_once():
    found = work(layers.Dense(5), layers.Dense(2), shape=(3,))
    assert products(found, 5 + 2) == 3 * 5 + 5 * 2
    assert (found.turns, found.weights) == (0, 3 * 5 + 5 + 5 * 2 + 2)


def test_a_dense_layer_at_every_time():
    assert products(work(layers.Dense(5), shape=(7, 3)), 7 * 5) == 7 * 3 * 5


def test_a_convolution_goes_through_its_kernel_at_every_place_that_it_puts_out():
    found = work(layers.Conv2D(4, 3, strides=2), shape=(9, 9, 2))
    assert products(found, 4 * 4 * 4) == 4 * 4 * (3 * 3 * 2 * 4)


def test_a_transposed_convolution_at_every_place_that_it_takes():
    found = work(layers.Conv2DTranspose(4, 2, strides=2), shape=(3, 3, 2))
    assert products(found, 6 * 6 * 4) == 3 * 3 * (2 * 2 * 2 * 4)


@pytest.mark.parametrize("sequences", [True, False])
def test_a_recurrent_layer_goes_through_all_times_of_its_input(sequences):
    found = work(layers.LSTM(5, return_sequences=sequences), shape=(None, 3))
    assert products(found, (7 if sequences else 1) * 5) == 7 * (3 * 20 + 5 * 20)
    assert found.turns == 7


def test_both_directions_turn():
    found = work(layers.Bidirectional(layers.LSTM(5)), shape=(7, 3))
    assert products(found, 5 + 5 + 10) == 7 * 2 * (3 * 20 + 5 * 20)
    assert found.turns == 14


def test_an_embedding_only_looks_up():
    assert products(work(layers.Embedding(100, 8), shape=(7,), kind="int32"), 7 * 8) == 0


def test_a_small_network_gets_all_steps():
    assert Allowance(Work(1e4, 0, 10_000), 32, 256).steps(4) == 4 * STEPS
    assert Allowance(Work(), 32, 256).steps(10) == 10 * STEPS


@pytest.mark.parametrize("patience", [1, 4])
def test_a_large_one_gets_what_the_budget_buys(patience):
    taken = Work(4e6, 200, 1_000_000)
    steps = Allowance(taken, 32, 256).steps(patience)
    cost = steps * taken.step(32) + steps // EVERY * taken.look(256)
    assert FEWEST < steps < STEPS
    assert steps % EVERY == 0
    assert cost <= BUDGET < cost + EVERY * taken.step(32) + taken.look(256)


def test_the_largest_one_gets_the_fewest():
    assert Allowance(Work(1e12), 32, 256).steps(10) == FEWEST


def test_a_network_that_is_far_too_large_is_not_copied():
    least = FEWEST * Work(1e9).step(32) + FEWEST / EVERY * Work(1e9).look(256)
    assert least > LIMIT
    with pytest.raises(NbdebugError, match="too large") as raised:
        Allowance(Work(1e9), 32, 256).require()
    assert f"{least:.1e}" in raised.value.got
    Allowance(Work(1e8), 32, 256).require()


def test_more_work_may_take_longer():
    small, large = (Allowance(Work(size), 32, 256) for size in (1e4, 1e8))
    assert large.seconds(60) > 10 * 60 * Work(1e8).step(32) / SPEED
    assert 30 < small.seconds(60) < large.seconds(60) < 60 * 60


def test_what_is_far_too_slow_is_said_to_be():
    with pytest.raises(NbdebugError, match="too slow") as raised:
        Deadline(60, seconds=-1.0).pass_(12)
    assert "12 of 60 steps" in raised.value.got
    Deadline(60, seconds=-1.0).pass_(60)
    Deadline(60, seconds=100.0).pass_(12)
