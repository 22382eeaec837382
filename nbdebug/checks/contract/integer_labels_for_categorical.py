"""Class numbers are given to the loss that takes one column a class."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import class_numbers, judged
from nbdebug.checks.contract._mend import compile_code
from nbdebug.checks.contract._shapes import fit
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, "categorical"):
        if end.units > 1 and fit(end) == "columns" and class_numbers(end.labels):
            new = compile_code("sparse_categorical_crossentropy")
            if loss.from_logits:
                new = "model.compile(..., loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))"
            yield Found(
                why=f"{loss.name} takes {end.units} columns of labels, one a class, but the labels of output "
                f"{end.name} are class numbers ({end.labels.minimum:g} to {end.labels.maximum:g}). Keras raises.",
                fix=f"{new}\n# or: y = keras.utils.to_categorical(y, {end.units})",
                output=end.name,
                measured=1,
                threshold=end.units,
                measured_in="columns of the labels",
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Keras, CategoricalCrossentropy: labels are one-hot, SparseCategoricalCrossentropy: labels are integers",
    rank=17,
    explains=("initialisation", "dynamics"),
)
