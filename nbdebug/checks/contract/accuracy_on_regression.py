"""The metric counts predictions that hit their label exactly, and numbers never do."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged, wants_classes
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "regression", "poisson"):
        if end.labels.kind in ("numbers", "shares", "classes") and end.labels.distinct > 2 and wants_classes(end):
            if end.labels.kind == "classes" and end.units > 1:
                continue
            yield Found(
                why=f"Accuracy says nothing about output {end.name}: its labels are numbers "
                f"({end.labels.minimum:.4g} to {end.labels.maximum:.4g}), and {loss.name} is a loss for numbers.",
                fix=f'model.compile(..., loss="{loss.name}", metrics=["mae"])',
                output=end.name,
            )


CHECK = Check(
    judge=judge,
    cause="metric",
    severity="note",
    source="Keras, BinaryAccuracy: a prediction above 0.5 is compared with the label",
    rank=60,
)
