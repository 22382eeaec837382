"""How often the search for slices is right: planted slices, and data without one."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from row import Row

sys.path.insert(0, str(Path(__file__).parent.parent))

PLANTED = 50
EMPTY = 200


def rows():
    from measure.slices.planted import noise, planted

    from nbdebug.measure.slices.find import find

    for n_conditions in (1, 2, 3):
        missed = 0
        for seed in range(PLANTED):
            frame, loss, parts = planted(100_000, n_conditions, np.random.default_rng(seed))
            found = find(frame, loss, depth=3, seed=seed)
            missed += not (len(found) and set(found.slice[0].split(" and ")) == parts)
        what = f"planted slice of {n_conditions} condition{'s' * (n_conditions > 1)} not ranked first, 1 % of 100,000"
        yield Row(what, missed, "seeds", 0, f"of {PLANTED}")
    for n, depth in ((2_000, 2), (20_000, 3)):
        told = 0
        for seed in range(EMPTY):
            frame, loss = noise(n, np.random.default_rng(10_000 + seed))
            told += bool(find(frame, loss, depth=depth, seed=seed).significant.any())
        yield Row(
            f"a significant slice where there is none, {n:,} examples, depth {depth}", told, "seeds", 17, f"of {EMPTY}"
        )
