"""A class number has no unit: it is as large as the number of units, or below zero."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import examples_where, judged
from nbdebug.checks.contract._mend import Head, layer_code
from nbdebug.records.case import Case, End, Loss


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "sparse"):
        if end.units > 1 and end.labels.whole and end.labels.columns == 1:
            yield from _outside(case, end, loss)


def _outside(case: Case, end: End, loss: Loss) -> Iterator[Found]:
    labels = end.labels
    allowed = loss.ignored
    low, high = labels.minimum, labels.maximum
    if low < 0 and low != allowed:
        yield Found(
            why=f"A label of output {end.name} is {low:g}, and class numbers start at 0.",
            fix=f"y = y - ({low:g})  # class numbers from 0; or SparseCategoricalCrossentropy(ignore_class={low:g})",
            cause="labels",
            output=end.name,
            measured=low,
            threshold=0,
            measured_in="smallest label",
            examples=examples_where(case, end, 0, high),
        )
    elif high >= end.units and high != allowed:
        from_one = low >= 1 and high == end.units
        yield Found(
            why=f"Labels of output {end.name} go from {low:g} to {high:g}, but its {end.units} units are for classes "
            f"0 to {end.units - 1}.",
            fix=f"y = y - {low:g}  # class numbers from 0" if from_one else layer_code(_head(end, high)),
            cause="labels" if from_one else "output_units",
            output=end.name,
            layer=end.node,
            measured=high,
            threshold=end.units - 1,
            measured_in="largest label",
            examples=examples_where(case, end, low, end.units - 1),
        )


def _head(end: End, high: float) -> Head:
    return Head(end.activation if end.activation in ("softmax", "linear") else "softmax", int(high) + 1, "")


CHECK = Check(
    judge=judge,
    cause="output_units",
    severity="error",
    source="TensorFlow, sparse_softmax_cross_entropy_with_logits: labels lie in [0, number of classes); it raises on "
    "a CPU and returns NaN on a GPU",
    rank=12,
    explains=("initialisation", "dynamics"),
)
