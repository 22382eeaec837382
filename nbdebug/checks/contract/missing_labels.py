"""A label that is not a number makes the loss of its batch NaN, and with it every weight after one step."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.0) -> Iterator[Found]:
    """
    Args:
        share: of labels that may be NaN. One is enough: the mean over its batch is NaN, also with a weight of 0,
            for 0 times NaN is NaN.
    """
    for end, loss in judged(case):
        missing = end.labels.missing
        if missing > share:
            yield Found(
                why=f"{missing:.2g} of the labels of output {end.name} are NaN: the loss {loss.name}, then every "
                "weight, becomes NaN in the first step that meets one.",
                fix="known = ~numpy.isnan(y).reshape(len(y), -1).any(axis=1)\nmodel.fit(x[known], y[known], ...)",
                severity="warning" if case.training.class_weight else "error",
                output=end.name,
                measured=missing,
                threshold=share,
                measured_in="share of labels that are NaN",
            )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="IEEE 754: every sum with NaN is NaN; measured with Keras 3: weights of 0 do not help",
    rank=2,
    explains=("dynamics",),
)
