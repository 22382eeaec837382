"""Weights that begin as zeros and that no gradient can ever move."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._copies import movement, steps_count
from nbdebug.records.case import Case


def judge(case: Case, *, fewest: int = 1) -> Iterator[Found]:
    """`fewest` weights of two axes or more are zeros in fresh copies, and to the last bit still are after a few
    updates: as a factor of themselves, or of others that are zeros too. A branch of zeros behind random weights moves.
    """
    steps_count(case)
    stuck = movement(case).stuck
    if len(stuck) < fewest:
        return
    layer, path = stuck[0]
    paths = ", ".join(path for _, path in stuck[:4]) + (", ..." if len(stuck) > 4 else "")
    yield Found(
        why=f"{paths} {'begins as zeros and stays' if len(stuck) == 1 else 'begin as zeros and stay'} so: the gradient "
        "is a multiple of what is 0, so that a few updates of a copy change nothing.",
        fix=f'self.add_weight(..., initializer="glorot_uniform")  # {path}',
        layer=layer,
        measured=float(len(stuck)),
        threshold=float(fewest - 1),
        measured_in="weights that stay 0",
        evidence={"weights": [path for _, path in stuck]},
    )


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 8.4: initial parameters have to break symmetry; shown on copies of "
    "the network",
    rank=1,
    explains=("dynamics",),
    trains=True,
    program="own_factors_of_nothing",
)
