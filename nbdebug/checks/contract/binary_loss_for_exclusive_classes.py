"""Classes that exclude each other are asked one by one, each as a yes or no."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import copies_input, judged
from nbdebug.checks.contract._mend import compile_code, head_code
from nbdebug.checks.contract._reach import ONE_EACH, activation_of
from nbdebug.records.case import Case


def judge(case: Case, *, units: int = 3, examples: int = 20) -> Iterator[Found]:
    """
    Args:
        units: from how many units on a softmax with a binary cross-entropy is told, and sigmoids are more than noted;
            for two it is the same loss twice.
        examples: with exactly one label each from how many on that is no accident.
    """
    for end, loss in judged(case, "binary"):
        labels = end.labels
        if labels.columns != end.units or end.units < 2 or copies_input(case, end):
            continue
        activation = activation_of(case, end)
        if activation == "softmax" and end.units >= units and labels.kind in ("one_hot", "distribution"):
            yield Found(
                why=f"Every example of output {end.name} has exactly one class, but {loss.name} asks for each of the "
                f"{end.units} classes alone: Keras trains separate sigmoids, and the softmax is not what was trained.",
                fix=compile_code("categorical_crossentropy"),
                output=end.name,
            )
            continue
        sigmoids = activation in ONE_EACH or (activation == "linear" and loss.from_logits)
        if sigmoids and labels.kind == "one_hot" and labels.shape[0] >= examples:
            yield Found(
                why=f"Every example of output {end.name} has exactly one class, but its {end.units} units are "
                "separate sigmoids: several of them, or none, can be near 1.",
                fix=head_code(end),
                cause="output_activation",
                severity="note" if end.units < units else None,
                output=end.name,
                layer=end.node,
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="warning",
    source="Bishop 2006, Pattern Recognition and Machine Learning, 4.3.4; Keras 3 (_get_logits) replaces a softmax by "
    "sigmoids under a binary cross-entropy",
    rank=50,
)
