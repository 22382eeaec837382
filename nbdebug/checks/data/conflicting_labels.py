"""The same example has one label here and another one there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import classes_of, marks, measured, repeats
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.2) -> Iterator[Found]:
    """A share of `share` or more of the examples of a class problem has a twin with another label, so that no network
    can be right about more than nine in ten. Only measurements: categories have different labels by nature.
    """
    if not measured(case.inputs):
        return
    found = marks(case.inputs)
    if not len(found) or not repeats(found) or (found == found[0]).all():
        return
    for end in case.ends:
        classes = classes_of(case, end)
        if classes is None or len(classes) != len(found):
            continue
        order = np.argsort(found, kind="stable")
        starts = np.flatnonzero(np.append(True, np.diff(found[order]) != 0))
        low, high = np.minimum.reduceat(classes[order], starts), np.maximum.reduceat(classes[order], starts)
        sizes = np.diff(np.append(starts, len(order)))
        torn = np.repeat(low != high, sizes)
        if torn.mean() >= share:
            yield Found(
                why=f"{torn.mean():.0%} of the examples have the same inputs as another one with a different label of "
                f"{end.name}.",
                fix="# look whether x and y were shuffled or joined apart from each other",
                output=end.name,
                measured=float(torn.mean()),
                threshold=share,
                measured_in="share of examples with a twin of another label",
                examples=tuple(int(i) for i in order[torn][:10]),
            )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="warning",
    source="Deepchecks, conflicting labels; Northcutt et al. 2021, Pervasive label errors in test sets",
    rank=30,
    explains=("duplicated_examples",),
)
