"""A Poisson loss is for counts: below zero it falls without end, and classes are no counts."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged, values_of
from nbdebug.checks.contract._mend import head_code
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.01) -> Iterator[Found]:
    """
    Args:
        share: of labels below 0; one or two can be errors of measurement.
    """
    for end, loss in judged(case, "poisson"):
        negative = float((values_of(case, end) < 0).mean()) if end.labels.minimum < 0 else 0.0
        if negative > share:
            yield Found(
                why=f"{negative:.0%} of the labels of output {end.name} are below 0, and {loss.name} is for counts: it "
                "falls without end.",
                fix=head_code(end),
                output=end.name,
                measured=negative,
                threshold=share,
                measured_in="share of labels below 0",
            )
        elif end.labels.kind in ("one_hot", "multi_hot") or (
            end.labels.kind == "binary" and end.activation in ("sigmoid", "softmax") and end.labels.distinct == 2
        ):
            yield Found(
                why=f"The labels of output {end.name} are classes, and {loss.name} is for counts.",
                fix=head_code(end),
                severity="warning",
                output=end.name,
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="McCullagh and Nelder 1989, Generalized Linear Models, 6.2; Keras, poisson: prediction - label * "
    "log(prediction + 1e-7)",
    rank=29,
    explains=("initialisation", "dynamics"),
)
