"""The accuracy asked for is of labels in another form: it raises, or counts something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, class_numbers, judged
from nbdebug.records.case import Case, End


class Wrong(NamedTuple):
    """What is wrong with a metric, and whether Keras raises."""

    why: str
    raises: bool


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, *CROSS_ENTROPIES):
        for name in end.metrics:
            wrong = _wrong(name.lower().replace("_", ""), end, exclusive=loss.kind != "binary")
            if wrong is not None:
                yield Found(
                    why=f"Metric {name} of output {end.name} {wrong.why}.",
                    fix='model.compile(..., metrics=["accuracy"])  # Keras picks the one that fits',
                    severity="error" if wrong.raises else "warning",
                    output=end.name,
                )


def _wrong(metric: str, end: End, exclusive: bool) -> Wrong | None:
    labels, numbered = end.labels, class_numbers(end.labels) and end.units > 1
    one = end.units == 1 and labels.kind == "binary"
    if metric == "categoricalaccuracy":
        if one:
            return Wrong("compares the largest unit with the largest label, and there is one of each", False)
        return Wrong("takes one column a class, and the labels are class numbers", False) if numbered else None
    if metric == "sparsecategoricalaccuracy":
        if one:
            return Wrong("takes the number of the largest unit, and with one unit that is always 0", False)
        several = labels.kind == "one_hot" and labels.columns == end.units > 1
        return Wrong("takes class numbers, and the labels are one-hot: Keras raises", True) if several else None
    if metric == "binaryaccuracy" and numbered and end.activation == "softmax":
        return Wrong("compares each unit with a label, and the labels are class numbers: Keras raises", True)
    if metric == "binaryaccuracy" and exclusive and labels.kind == "one_hot" and end.units > 2:
        share = 1 - 2 / end.units
        why = f"counts each zero of a row as a hit: a wrong class still makes {share:.0%} of them"
        return Wrong(why, False)
    return None


CHECK = Check(
    judge=judge,
    cause="metric",
    severity="warning",
    source="Keras, accuracy metrics: which labels each takes; measured with Keras 3",
    rank=61,
)
