"""The same measurements over and over."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import marks, measured, repeats
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.5) -> Iterator[Found]:
    """More than a share of `share` of the examples repeats another; making rare classes as frequent as others repeats
    fewer. Only measurements: categories and counts repeat by themselves.
    """
    if not measured(case.inputs):
        return
    found = repeats(marks(case.inputs))
    if share < found < 1 - 1 / max(2, len(next(iter(case.inputs.values())))):
        yield Found(
            why=f"{found:.0%} of the examples repeat another one: there are fewer examples than it seems.",
            fix="x, first = np.unique(x, axis=0, return_index=True)\ny = y[first]",
            measured=found,
            threshold=share,
            measured_in="share of examples that repeat another",
        )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="note",
    source="Deepchecks, data duplicates; Breck et al. 2019",
    rank=60,
)
