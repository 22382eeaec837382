"""A class that is common and weighs nothing: whatever the network says of it costs nothing."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import counts_of_weighted
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.1) -> Iterator[Found]:
    """A class with a `share` of the labels has a class weight of 0, others have more. A rare class may be left out on
    purpose; what is common was more likely cut to 0 by an integer division.
    """
    weights = case.training.class_weights
    nothing = [number for number, weight in weights.items() if weight == 0]
    if not nothing or len(nothing) == len(weights):
        return
    counted = counts_of_weighted(case)
    if counted is None:
        return
    end, counts = counted
    common = max(nothing, key=lambda number: counts[number])
    found = float(counts[common] / counts.sum())
    if found < share:
        return
    yield Found(
        why=f"Class {common} is {found:.0%} of the labels of {end.name} and has a weight of 0: its examples "
        "are never learned from, and the network puts them among the others.",
        fix="n = np.bincount(y)\nclass_weight = dict(enumerate(n.sum() / (len(n) * n)))  # / divides, // cuts to 0",
        output=end.name,
        measured=found,
        threshold=share,
        measured_in="share of the labels of a class without weight",
        evidence={"class": common},
    )


CHECK = Check(
    judge=judge,
    cause="usage",
    severity="warning",
    source="Keras documentation of fit, class_weight: losses are multiplied by it",
    rank=4,
    explains=("dynamics",),
    program="own_class_without_weight",
)
