"""Folding slices of equal counts: only those that hold the very same examples."""

import numpy as np

from nbdebug.measure.slices.confirm import confirmed
from nbdebug.measure.slices.in_memory import Half, InMemory
from nbdebug.measure.slices.losses import Losses
from nbdebug.measure.slices.same import folded, joined

A, B, C = ((0, 1),), ((1, 1),), ((2, 1),)


def test_equal_sums_are_not_enough():
    rng = np.random.default_rng(0)
    a = np.repeat(rng.random(1000) < 0.3, 4)
    other = np.roll(a, 4 * 17)  # as many in each half, others
    codes = np.array([a, a, other]).astype(np.uint8)
    x = np.where(a | other, 1.0, 0.0) - 0.4
    halves = InMemory([], [], Losses(), Half(codes[:, ::2], x[::2], None), Half(codes[:, 1::2], x[1::2], None))
    slices = confirmed([A, B, C], halves.tell([A, B, C], False), 0.4, True)
    discovery = halves.tell([A, B, C], True)
    discovered = {each: discovery.sums([each])[0] for each in (A, B, C)}
    assert len({int(n.n) for n in discovered.values()}) == 1
    kept = folded(slices, discovered, halves)
    assert {each.conditions: each.same for each in kept} == {A: (B,), C: ()}


def test_conditions_that_contradict_each_other_have_nothing_in_common():
    assert joined(((0, 1), (2, 0)), ((1, 3), (2, 0))) == ((0, 1), (1, 3), (2, 0))
    assert joined(A, ((0, 2),)) == ()
