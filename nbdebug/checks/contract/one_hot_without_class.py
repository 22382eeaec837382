"""Labels with one column a class, and examples with a 1 in none of them: they cost nothing, whatever is predicted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.01, most: int = 10) -> Iterator[Found]:
    """Labels of whole examples (per-step labels have such rows where there is padding), none with more than one 1, and
    more than `share` with none, which is what `one_hot` makes of class numbers that it has no column for. A categorical
    cross-entropy of a row of zeros is 0. `most` examples are named.
    """
    for end, loss in judged(case, "categorical"):
        y = case.targets[end.name]
        if end.labels.kind != "multi_hot" or end.labels.several or y.ndim != 2 or case.training.class_weight:
            continue
        nothing = ~y.any(axis=1)
        if nothing.mean() <= share or nothing.all():
            continue
        yield Found(
            why=f"{nothing.mean():.0%} of the labels of output {end.name} have a 1 in none of their {y.shape[1]} "
            f"columns: {loss.name} of such an example is 0 whatever is predicted, and its class has no unit.",
            fix="y = keras.utils.to_categorical(numbers)  # as many columns as there are classes\n"
            "Dense(y.shape[1], ...)  # the last layer",
            output=end.name,
            layer=end.node,
            measured=float(nothing.mean()),
            threshold=share,
            measured_in="share of labels without a class",
            examples=tuple(int(i) for i in np.flatnonzero(nothing)[:most]),
        )


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="warning",
    source="TensorFlow documentation of one_hot: indices without a column give a row of zeros",
    rank=19,
    explains=("initialisation", "dynamics"),
    program="own_one_hot_lost_two_columns",
)
