import numpy as np

from nbdebug.measure.thinned import Thinned


def test_few_values_are_all_kept():
    thinned = Thinned(8)
    for step in range(1, 6):
        thinned.add(step, step / 10)
    curve = thinned.curve()
    assert curve.steps.tolist() == [1, 2, 3, 4, 5]
    assert curve.every == 1


def test_many_values_are_kept_at_even_steps_in_bounded_memory():
    thinned = Thinned(64)
    for step in range(1, 10_001):
        thinned.add(step, float(step))
    curve = thinned.curve()
    assert len(curve.steps) <= 64
    assert np.array_equal(np.diff(curve.steps), np.full(len(curve.steps) - 1, curve.every))
    assert np.array_equal(curve.steps, curve.values)
    assert curve.steps[-1] > 10_000 - curve.every
