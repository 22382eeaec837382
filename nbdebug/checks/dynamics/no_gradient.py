"""Layers that are to be trained and that no gradient reaches."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._scaling import size_of
from nbdebug.checks.dynamics._copies import movement, steps_count
from nbdebug.records.case import Case


def judge(case: Case, *, size: float = 10.0) -> Iterator[Found]:
    """Layers of freshly initialised copies whose weights are to the last bit what they were after a few updates, while
    others moved; what stays 0 is told by `stuck_at_zero`. Inputs above `size` can stop a gradient by themselves
    (saturated units): those are not judged here.
    """
    steps_count(case)
    sizes = [size_of(values) for values in case.inputs.values()]
    if any(found.largest > size for found in sizes if found is not None and case.inputs):
        raise Unfit("the inputs are not scaled")
    found = movement(case)
    zeros = {layer for layer, _ in found.stuck}
    still, moved = [layer for layer in found.still if layer not in zeros], found.moved
    if not still or not moved:
        return
    named = ", ".join(still[:4]) + (", ..." if len(still) > 4 else "")
    yield Found(
        why=f"No gradient reaches {named}: a few updates leave {'its' if len(still) == 1 else 'their'} weights as they "
        f"began, while {moved[0]} moves.",
        fix="# look for what lies between and has no slope: round, argmax, sign, comparisons, casts to whole numbers, "
        "stop_gradient, numpy",
        layer=still[-1],
        measured=float(len(still)),
        threshold=0.0,
        measured_in="layers that do not move",
        evidence={"layers": list(still)},
    )


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Breck et al. 2017, The ML test score: a trained layer must move; shown on a copy of the network",
    rank=1,
    explains=("dynamics",),
    trains=True,
)
