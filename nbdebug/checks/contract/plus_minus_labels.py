"""Labels are -1 and 1 where the loss or the head knows 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, judged
from nbdebug.checks.contract._mend import compile_code, head_code
from nbdebug.checks.contract._reach import ONE_EACH, activation_of
from nbdebug.records.case import Case, End


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case):
        if end.labels.kind != "plus_minus" or end.labels.distinct < 2:
            continue
        if loss.kind in CROSS_ENTROPIES:
            yield _found(end, f"{loss.name} takes 0 and 1: it falls below zero without end")
        elif loss.kind == "regression" and activation_of(case, end) in (*ONE_EACH, "softmax"):
            yield _found(end, f"a {end.activation} never goes below 0")


def _found(end: End, rule: str) -> Found:
    return Found(
        why=f"The labels of output {end.name} are -1 and 1, and {rule}.",
        fix=_fix(end),
        output=end.name,
        measured=end.labels.minimum,
        threshold=0,
        measured_in="smallest label",
    )


def _fix(end: End) -> str:
    if end.units == end.labels.columns:
        return f"y = (y + 1) / 2\n{compile_code('binary_crossentropy')}"
    if end.labels.columns == 1:
        return f"y = (y + 1) // 2\n{compile_code('sparse_categorical_crossentropy')}"
    return head_code(end)


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="error",
    source="Goodfellow, Bengio, Courville 2016, Deep Learning, 6.2.2: cross-entropies are of labels from 0 to 1",
    rank=9,
    explains=("initialisation", "dynamics"),
)
