"""Classes are learned with a loss for numbers: its gradient fades where the prediction is most wrong."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import copies_input, judged, wants_classes
from nbdebug.checks.contract._mend import head_code
from nbdebug.checks.contract._reach import ONE_EACH, activation_of
from nbdebug.records.case import Case, End, Loss
from nbdebug.records.finding import Severity

_ABSOLUTE = ("mean_absolute_error", "mean_absolute_percentage_error", "mean_squared_logarithmic_error")


def judge(case: Case, *, examples: int = 4) -> Iterator[Found]:
    """
    Args:
        examples: with exactly one label each from how many on that is no accident.
    """
    for end, loss in judged(case, "regression"):
        if copies_input(case, end):
            continue
        severity = _severity(case, end, loss, examples)
        if severity is not None:
            yield Found(
                why=f"The labels of output {end.name} are classes, and {loss.name} is a loss for numbers: its gradient "
                "does not grow with how wrong a prediction is.",
                fix=head_code(end),
                severity=severity,
                output=end.name,
            )


def _severity(case: Case, end: End, loss: Loss, examples: int) -> Severity | None:
    labels = end.labels
    activation = activation_of(case, end)
    if labels.columns != end.units or activation is None:
        return None
    if labels.kind == "one_hot" and labels.shape[0] >= examples:
        # A squared error of shares is Brier's score: slow, but sound.
        sound = activation in ("softmax", *ONE_EACH) and loss.name not in _ABSOLUTE
        return "note" if sound else "warning"
    if labels.kind == "binary" and labels.columns == 1 and labels.distinct == 2 and wants_classes(end):
        return "note"
    return None


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="warning",
    source="Golik, Doetsch, Ney 2013, Cross-entropy vs. squared error training; Brier 1950; Ghosh, Kumar, Sastry 2017: "
    "an absolute error of classes is hard to minimise",
    rank=51,
)
