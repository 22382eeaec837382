"""Two outputs that are one and the same function, held against different labels."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, End


def judge(case: Case, *, apart: float = 0.1, examples: int = 8) -> Iterator[Found]:
    """Two heads predict the same, to the last bit, for `examples` or more examples that they tell apart, and their
    labels differ by more than `apart` of their spread: no weights fit both. Heads of their own begin with weights of
    their own, and two of zero weights do not tell examples apart.
    """
    for one, other in combinations(case.ends, 2):
        labels = case.targets.get(one.name), case.targets.get(other.name)
        if labels[0] is None or labels[1] is None or not _the_same(one, other, examples):
            continue
        differ = _difference(labels[0], labels[1])
        if differ > apart:
            yield Found(
                why=f"Outputs {one.name} and {other.name} are the same for every example, but their labels are not: "
                "one layer makes both, and can only be wrong about one of them.",
                fix=f"keras.layers.Dense({other.units})(hidden)  # a layer of its own for {other.name}",
                layer=one.node,
                output=one.name,
                measured=differ,
                threshold=apart,
                measured_in="difference of the labels, as a share of their spread",
            )
            return


def _the_same(one: End, other: End, examples: int) -> bool:
    if one.values.shape != other.values.shape or len(one.values) < examples:
        return False
    return np.array_equal(one.values, other.values) and bool((one.values != one.values[:1]).any())


def _difference(one: np.ndarray, other: np.ndarray) -> float:
    """The root mean square of the difference over the standard deviation; infinite where shapes or kinds differ."""
    if one.size != other.size or one.dtype.kind not in "fiub" or other.dtype.kind not in "fiub":
        return float("inf")
    one, other = (values.astype(np.float64).ravel() for values in (one, other))
    spread = max(float(np.nanstd(one)), float(np.nanstd(other)))
    return float(np.sqrt(np.nanmean((one - other) ** 2))) / spread if spread else 0.0


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Caruana 1997, Multitask learning: tasks share layers, each has an output of its own",
    rank=3,
    explains=("dynamics",),
    program="own_one_head_for_two_tasks",
)
