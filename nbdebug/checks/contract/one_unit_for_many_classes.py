"""One unit is asked for three or more classes: it can put out one share, and class 7 is not seven times class 1."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, below_zero, copies_input, judged, many_classes, wants_classes
from nbdebug.checks.contract._mend import Head, compile_code, layer_code
from nbdebug.checks.contract._reach import ONE_EACH, activation_of
from nbdebug.records.case import Case, End, Labels, Loss


def judge(case: Case, *, classes: int = 3) -> Iterator[Found]:
    """
    Args:
        classes: from how many classes on one unit is too few; two are the two sides of one share.
    """
    for end, loss in judged(case):
        labels = end.labels
        classes_meant = many_classes(labels) or (below_zero(labels) and loss.kind in CROSS_ENTROPIES)
        if end.units != 1 or not classes_meant or copies_input(case, end) or not _asks_classes(case, end, loss):
            continue
        head = Head("softmax", labels.n_classes or labels.distinct, "sparse_categorical_crossentropy")
        yield Found(
            why=f"Output {end.name} has one unit, but its labels are {labels.distinct} class numbers "
            f"({labels.minimum:g} to {labels.maximum:g}): {loss.name} on one unit tells two classes apart at most.",
            fix=f"{layer_code(head)}\n{_from_zero(labels)}{compile_code(head.loss)}",
            output=end.name,
            layer=end.node,
            measured=labels.distinct,
            threshold=classes - 1,
            measured_in="classes for one unit",
        )


def _from_zero(labels: Labels) -> str:
    return f"y = y - ({labels.minimum:g})  # class numbers from 0\n" if labels.minimum < 0 else ""


def _asks_classes(case: Case, end: End, loss: Loss) -> bool:
    if loss.kind in CROSS_ENTROPIES:
        return True
    return loss.kind == "regression" and wants_classes(end) and activation_of(case, end) in ONE_EACH


CHECK = Check(
    judge=judge,
    cause="output_units",
    severity="error",
    source="Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4: one softmax unit a class",
    rank=14,
    explains=("initialisation", "dynamics"),
)
