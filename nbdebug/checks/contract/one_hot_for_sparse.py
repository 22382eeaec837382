"""Labels with one column a class are given to the loss that takes class numbers."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.checks.contract._mend import compile_code
from nbdebug.checks.contract._shapes import fit
from nbdebug.records.case import Case, End

_TWIN = {"one_hot": "categorical_crossentropy", "distribution": "categorical_crossentropy"}


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "sparse"):
        if fit(end) == "columns" and end.labels.kind in ("one_hot", "distribution", "multi_hot"):
            yield Found(
                why=f"{loss.name} takes one class number an example, but the labels of output {end.name} have "
                f"{end.labels.columns} columns of {_values(end)}. Keras raises.",
                fix=compile_code(_TWIN.get(end.labels.kind, "binary_crossentropy")),
                output=end.name,
                measured=end.labels.columns,
                threshold=1,
                measured_in="columns of the labels",
            )


def _values(end: End) -> str:
    return "shares" if end.labels.kind == "distribution" else "0 and 1"


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Keras, SparseCategoricalCrossentropy: labels are integers, CategoricalCrossentropy: labels are one-hot",
    rank=16,
    explains=("initialisation", "dynamics"),
)
