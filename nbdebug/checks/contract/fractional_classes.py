"""Class numbers were scaled with the inputs: the sparse loss cuts 0.0196 to 0, so that every example is class 0."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.records.case import Case


def judge(case: Case, *, classes: int = 1000) -> Iterator[Found]:
    """
    Args:
        classes: how many different labels can still be scaled class numbers: ImageNet has 1,000 classes; a quantity
            has about as many values as examples.
    """
    for end, loss in judged(case, "sparse"):
        labels = end.labels
        n = max(1, labels.shape[0])
        if labels.columns == 1 and not labels.whole and labels.distinct <= classes and 2 * labels.distinct <= n:
            yield Found(
                why=f"The labels of output {end.name} are no whole numbers ({labels.minimum:.4g} to "
                f"{labels.maximum:.4g}, {labels.distinct} different ones), and {loss.name} cuts off their fractions.",
                fix="y = numpy.unique(y, return_inverse=True)[1]  # class numbers again; scale the inputs only",
                output=end.name,
                measured=labels.distinct,
                threshold=classes,
                measured_in="different labels",
            )


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="error",
    source="Keras, sparse_categorical_crossentropy: labels are cast to int64",
    rank=8,
    explains=("initialisation", "dynamics"),
)
