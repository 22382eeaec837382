"""Labels have another number of columns than the output has units."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, class_numbers, judged
from nbdebug.checks.contract._mend import Head, fitting, head_code, layer_code
from nbdebug.checks.contract._shapes import fit
from nbdebug.records.case import Case, End, Loss


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case):
        if fit(end) != "columns" or _other_format(end, loss):
            continue
        columns, units = end.labels.columns, end.units
        silent = loss.kind not in CROSS_ENTROPIES and 1 in (columns, units)
        yield Found(
            why=f"Output {end.name} has {_count(units, 'unit')} and its labels have {_count(columns, 'column')}. "
            + ("Keras raises, or compares each with all." if silent else "Keras raises."),
            fix=_fix(end),
            output=end.name,
            layer=end.node,
            measured=units,
            threshold=columns,
            measured_in="units for these labels",
        )


def _other_format(end: End, loss: Loss) -> bool:
    """Whether the columns are those of another format of classes, which is told by a check of its own."""
    if loss.kind == "sparse":
        return end.labels.kind in ("one_hot", "distribution", "multi_hot")
    return loss.kind == "categorical" and end.units > 1 and class_numbers(end.labels)


def _fix(end: End) -> str:
    head = fitting(end)
    if head is not None and head.units == end.labels.columns and end.activation == head.activation:
        return layer_code(Head(end.activation, end.labels.columns, ""))
    return head_code(end)


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'s' * (n != 1)}"


CHECK = Check(
    judge=judge,
    cause="output_units",
    severity="error",
    source="Keras, losses: labels have the shape of predictions; measured with Keras 3: losses for numbers broadcast "
    "one column over all units without a word",
    rank=21,
    explains=("initialisation", "dynamics"),
)
