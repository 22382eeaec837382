"""A categorical cross-entropy over one unit: a share divided by itself is 1, so the loss is always 0."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged, many_classes
from nbdebug.checks.contract._mend import compile_code, head_code
from nbdebug.records.case import Case, End, Loss


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "categorical", "sparse"):
        if end.units == 1 and end.labels.columns == 1:
            yield Found(
                why=f"{loss.name} is for one unit a class, and output {end.name} has one unit: {_effect(loss)}.",
                fix=_fix(end),
                cause="output_units" if many_classes(end.labels) else "loss",
                output=end.name,
                layer=end.node,
                measured=1,
                threshold=2,
                measured_in="units",
            )


def _effect(loss: Loss) -> str:
    return "the loss is always 0" if loss.kind == "categorical" else "label 1 has no unit and Keras raises"


def _fix(end: End) -> str:
    if end.labels.kind == "binary" and end.activation == "sigmoid":
        return compile_code("binary_crossentropy")
    return head_code(end)


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Keras, categorical_crossentropy: predictions are divided by their sum over the units, and it warns",
    rank=15,
    explains=("initialisation", "dynamics"),
)
