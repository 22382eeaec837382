"""There are not as many labels as examples: one of the two is of another part of the data."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    """The training data and the validation data, each by itself."""
    parts = [("", case.inputs, case.targets), ("validation ", *(case.validation or ({}, {})))]
    for told, inputs, targets in parts:
        counts = {len(values) for values in inputs.values()}
        n = max(counts, default=0)
        for name, y in targets.items():
            if len(counts) == 1 and y.ndim and len(y) != n:
                yield Found(
                    why=f"Output {name} has {len(y):,} {told}labels for {n:,} {told}examples. Keras raises.",
                    fix="x_train, x_test, y_train, y_test = sklearn.model_selection.train_test_split(x, y)",
                    output=name,
                    measured=float(len(y)),
                    threshold=float(n),
                    measured_in="labels",
                )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="Keras, fit: all arrays have the same number of examples",
    rank=0,
    explains=("data", "initialisation", "dynamics"),
)
