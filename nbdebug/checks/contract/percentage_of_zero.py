"""An error in per cent of a label that is 0 is divided by nearly nothing, and drowns all others."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged, values_of
from nbdebug.checks.contract._mend import compile_code
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.01, small: float = 1e-6) -> Iterator[Found]:
    """
    Args:
        share: of labels near 0; with one in a hundred they already weigh more than all others.
        small: what is near 0, as a share of the mean of the others' sizes.
    """
    for end, loss in judged(case, "regression"):
        if loss.name != "mean_absolute_percentage_error":
            continue
        sizes = abs(values_of(case, end))
        found = float((sizes <= small * sizes.mean()).mean()) if sizes.any() else 0.0
        if found > share:
            yield Found(
                why=f"{found:.0%} of the labels of output {end.name} are 0, and {loss.name} divides by the label.",
                fix=compile_code("mean_absolute_error"),
                output=end.name,
                measured=found,
                threshold=share,
                measured_in="share of labels that are 0",
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="warning",
    source="Hyndman and Koehler 2006, Another look at measures of forecast accuracy, 2.2; Keras divides by at least "
    "1e-7",
    rank=52,
)
