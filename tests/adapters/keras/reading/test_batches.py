import numpy as np
import pytest
import tensorflow as tf

from nbdebug.adapters.keras.reading import batches
from nbdebug.adapters.keras.reading.batches import Batches

X = {"x": np.arange(64)}


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(batches, "monotonic", lambda: now[0])
    return now


def sizes(run, function):
    return [len(result) for _, result in run.run(function, X)]


def test_every_example_comes_once_and_in_order():
    found = [result for _, result in Batches(10, False, print).run(lambda batch: batch["x"], X)]
    np.testing.assert_array_equal(np.concatenate(found), X["x"])
    assert [len(part) for part in found] == [10] * 6 + [4]


def test_a_long_batch_is_followed_by_smaller_ones_and_short_ones_by_larger(clock):
    def slow(batch):
        clock[0] += 0.1 * len(batch["x"])
        return batch["x"]

    run = Batches(32, False, print)
    assert sizes(run, slow) == [32, 32]  # the first may be compiling
    assert sizes(run, slow)[:3] == [16, 16, 8]

    def fast(batch):
        return batch["x"]

    assert sizes(run, fast)[:4] == [8, 8, 16, 32]


def test_a_model_of_a_fixed_batch_keeps_it(clock):
    def slow(batch):
        clock[0] += 9
        return batch["x"]

    assert sizes(Batches(16, True, print), slow) == [16] * 4


def test_memory_that_runs_out_halves_the_batch_and_says_so():
    said = []

    def hungry(batch):
        if len(batch["x"]) > 8:
            raise tf.errors.ResourceExhaustedError(None, None, "no memory")
        return batch["x"]

    assert sizes(Batches(32, False, said.append), hungry) == [8] * 8
    assert said == ["memory ran out: going on with batches of 16", "memory ran out: going on with batches of 8"]


def many(run, n):
    x = {"x": np.arange(n)}
    return [len(part) for _, part in run.run(lambda batch: batch["x"], x, grow=True)]


def test_many_small_examples_go_through_in_batches_that_grow():
    run = Batches(4, False, print, most=30)
    assert many(run, 100) == [4] * batches.EARLY + [8, 16, 30, 14]
    assert many(run, 32) == [4] * batches.EARLY  # and each pass begins with small ones
    assert sizes(run, lambda batch: batch["x"]) == [4] * 16  # a pass that holds more than what layers put out


def test_batches_that_have_grown_shrink_where_memory_runs_out_and_stay_so():
    said = []

    def hungry(batch):
        if len(batch["x"]) > 20:
            raise tf.errors.ResourceExhaustedError(None, None, "no memory")
        return batch["x"]

    run = Batches(8, False, said.append, most=64)
    found = [len(part) for _, part in run.run(hungry, {"x": np.arange(160)}, grow=True)]
    assert found == [8] * 8 + [16] * 6
    assert said == ["memory ran out: going on with batches of 16"]
    assert run.size == 8


def test_a_model_of_a_fixed_batch_does_not_grow():
    assert many(Batches(16, True, print, most=64), 320) == [16] * 20
