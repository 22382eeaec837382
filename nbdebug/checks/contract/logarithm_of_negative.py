"""An error of logarithms is taken of labels below zero, which Keras counts as 0."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged, values_of
from nbdebug.checks.contract._mend import compile_code
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.01) -> Iterator[Found]:
    """
    Args:
        share: of labels below 0; one or two can be errors of measurement.
    """
    for end, loss in judged(case, "regression"):
        if loss.name != "mean_squared_logarithmic_error" or end.labels.minimum >= 0:
            continue
        found = float((values_of(case, end) < 0).mean())
        if found > share:
            yield Found(
                why=f"{found:.0%} of the labels of output {end.name} are below 0, and {loss.name} counts them as 0.",
                fix=compile_code("mean_squared_error"),
                output=end.name,
                measured=found,
                threshold=share,
                measured_in="share of labels below 0",
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Keras, mean_squared_logarithmic_error: log(max(label, 1e-7) + 1)",
    rank=23,
    explains=("initialisation", "dynamics"),
)
