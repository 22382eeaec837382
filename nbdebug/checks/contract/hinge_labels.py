"""A hinge loss is for two classes, -1 and 1; it is held against quantities."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.checks.contract._mend import head_code
from nbdebug.records.case import Case


def judge(case: Case, *, classes: int = 2) -> Iterator[Found]:
    """
    Args:
        classes: how many different labels a hinge loss tells apart.
    """
    for end, loss in judged(case, "hinge"):
        labels = end.labels
        if labels.kind in ("numbers", "classes") and labels.distinct > classes and labels.columns == end.units:
            yield Found(
                why=f"The labels of output {end.name} take {labels.distinct} values ({labels.minimum:.4g} to "
                f"{labels.maximum:.4g}), and {loss.name} is for -1 and 1.",
                fix=head_code(end),
                output=end.name,
                measured=labels.distinct,
                threshold=classes,
                measured_in="different labels",
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Cortes and Vapnik 1995, Support-vector networks; Keras, hinge: labels are expected to be -1 or 1",
    rank=11,
    explains=("initialisation", "dynamics"),
)
