"""No slice within another is stronger than the bound of that says, and the bounds are no looser than they need be."""

import numpy as np
import pytest

from nbdebug.measure.slices.scores import SliceLine, Strength
from nbdebug.measure.slices.sums import Sums, sums_of


def score_of(kind, x, w):
    every, shift = sums_of(x - x.mean(), w)[0], float(x.mean())
    return Strength(every, x.max() - shift) if kind == "strength" else SliceLine(every, x.max() - shift, shift, kind)


def stacked(groups):
    return Sums(*(np.concatenate([vars(group)[name] for group in groups]) for name in vars(groups[0])))


@pytest.mark.parametrize(
    ("kind", "weighted"), [("strength", True), *((kind, False) for kind in ("strength", 0.2, 0.6, 0.99))]
)  # only strength knows weights
def test_the_bound_holds_for_every_part(kind, weighted):
    rng = np.random.default_rng(0)
    for _ in range(30):
        x = rng.exponential(size=200) ** rng.choice([0.2, 1, 2])
        w = rng.random(200) + 0.1 if weighted else np.ones(200)
        score = score_of(kind, x, w)
        given = None if not weighted else w
        order = rng.permutation(200)[: rng.integers(20, 190)]
        most = score.bound(sums_of(x[order] - x.mean(), None if given is None else given[order]), 10)[0]
        ranked = order[np.argsort(-x[order])]
        parts = [ranked[:m] for m in range(10, len(order))] + [rng.choice(order, 12, replace=False)]
        inside = stacked([sums_of(x[p] - x.mean(), None if given is None else given[p]) for p in parts])
        outside = stacked([sums_of(np.delete(x - x.mean(), p), np.delete(w, p)) for p in parts])
        assert (score.of(inside, outside) <= most).all()


def test_the_bound_of_strength_is_reached_nearly():
    """One example in ten is high and all alike, the others are all alike: the slice holds all that is high."""
    x = np.tile([1.0, *[0.0] * 9], 100)
    score = score_of("strength", x, np.ones(1000))
    high = x == 1
    for others in (0, 50):
        holding = high | (np.cumsum(~high) <= others)
        most = score.bound(sums_of(x[holding] - 0.1, None), 10)[0]
        reached = score.of(sums_of(x[high] - 0.1, None), sums_of(x[~high] - 0.1, None))[0]
        assert 0.8 * most < reached <= most


def test_the_bound_of_slicelines_score_is_reached():
    """All that is above zero is alike: the part that holds just this has the most for its size."""
    x = np.r_[np.ones(30), np.zeros(970)]
    for alpha, size in ((0.99, 30), (0.2, 60)):
        score = score_of(alpha, x, np.ones(1000))
        most = score.bound(sums_of(x[:60] - x.mean(), None), 10)[0]
        parts = stacked([sums_of(x[:m] - x.mean(), None) for m in range(10, 61)])
        found = score.of(parts, parts)
        assert found.max() == pytest.approx(most)
        assert found.argmax() + 10 == size
