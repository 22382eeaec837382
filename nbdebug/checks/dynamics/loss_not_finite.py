"""The loss of a step was NaN or infinite: everything after it is lost."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._watched import watched
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    series = watched(case)
    if series.first_not_finite is None:
        return
    rate = case.training.learning_rate
    yield Found(
        why=f"The loss was NaN or infinite from step {series.first_not_finite:,} on.",
        fix="# make the model anew and train it with "
        + (f"learning_rate={rate / 10:g}, or " if rate else "a smaller learning rate, or ")
        + "clipnorm=1.0 in the optimizer",
        measured=float(series.first_not_finite),
        measured_in="first step whose loss is not finite",
        evidence={"steps": series.loss.steps.tolist(), "loss": series.loss.values.tolist()},
    )


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 8.2.4 (cliffs and exploding gradients)",
    rank=5,
    explains=("dynamics", "initialisation"),
    outcome=True,
)
