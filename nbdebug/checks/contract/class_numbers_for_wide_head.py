"""Class numbers and one unit a class, but a loss that compares label and unit one by one."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import class_numbers, judged
from nbdebug.checks.contract._mend import Head, compile_code, layer_code
from nbdebug.checks.contract._reach import ONE_EACH
from nbdebug.checks.contract._shapes import fit
from nbdebug.records.case import Case, End, Loss

_SPARSE = "sparse_categorical_crossentropy"


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "binary", "regression", "kl", "poisson", "hinge"):
        if end.units > 1 and fit(end) == "columns" and class_numbers(end.labels) and _one_unit_a_class(end, loss):
            one = Head("sigmoid", 1, "binary_crossentropy")
            yield Found(
                why=f"Output {end.name} has {end.units} units, its labels are class numbers in one column, and "
                f"{loss.name} needs one column a unit. "
                + ("Keras raises." if loss.kind == "binary" else "Keras raises, or compares the number with each."),
                fix=_softmax(end)
                if end.labels.kind != "binary"
                else f"{_softmax(end)}\n# or: {layer_code(one)}, with {compile_code(one.loss)}",
                output=end.name,
                layer=end.node,
                measured=1,
                threshold=end.units,
                measured_in="columns of the labels",
            )


def _one_unit_a_class(end: End, loss: Loss) -> bool:
    """Whether the units are for the classes; sigmoids for a yes or no are simply too many, and so is a linear head."""
    classes = end.labels.maximum + 1
    if end.activation == "softmax":
        return end.labels.kind in ("binary", "classes") and classes <= end.units
    if end.labels.kind == "binary":
        return end.activation not in ONE_EACH and end.units == 2
    return end.labels.kind == "classes" and (classes <= end.units if loss.kind == "binary" else classes == end.units)


def _softmax(end: End) -> str:
    return f"{layer_code(Head('softmax', end.units, _SPARSE))}\n{compile_code(_SPARSE)}"


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Keras, BinaryCrossentropy and losses for numbers: labels and predictions have the same shape",
    rank=18,
    explains=("initialisation", "dynamics"),
)
