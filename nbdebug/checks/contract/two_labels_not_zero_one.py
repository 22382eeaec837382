"""Two classes are numbered 1 and 2, 0 and 255, or otherwise than the 0 and 1 that the loss and the head know."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, judged, two_others, wants_classes
from nbdebug.checks.contract._reach import ONE_EACH, activation_of
from nbdebug.records.case import Case, End, Loss


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case):
        labels = end.labels
        if two_others(labels) and labels.columns == end.units and _asks_zero_one(case, end, loss):
            yield Found(
                why=f"The labels of output {end.name} are {labels.minimum:g} and {labels.maximum:g}; {loss.name} on a "
                f"{end.activation} head takes 0 and 1.",
                fix=f"y = (y == {labels.maximum:g}).astype(int)",
                output=end.name,
                measured=labels.maximum,
                threshold=1,
                measured_in="largest label",
            )


def _asks_zero_one(case: Case, end: End, loss: Loss) -> bool:
    if loss.kind in (*CROSS_ENTROPIES, "hinge"):
        return loss.kind in ("binary", "hinge")
    return loss.kind == "regression" and wants_classes(end) and activation_of(case, end) in ONE_EACH


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="error",
    source="Goodfellow, Bengio, Courville 2016, Deep Learning, 6.2.2: cross-entropies are of labels from 0 to 1",
    rank=9,
    explains=("initialisation", "dynamics"),
)
