"""A label that is not a number makes the loss of its batch NaN, and with it every weight after one step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.records.case import Case


def judge(case: Case, *, share: float = 0.0) -> Iterator[Found]:
    """A network that has been trained and is finite never met the missing labels: they were masked or left out.

    Args:
        share: of labels that may be NaN. One is enough: the mean over its batch is NaN, also with a weight of 0,
            for 0 times NaN is NaN.
    """
    ends = [(end, loss) for end, loss in judged(case) if end.labels.missing > share]
    if not ends or (case.training.updates is None and _learned_without(case)):
        return
    (end, loss), missing = ends[0], max(end.labels.missing for end, _ in ends)
    named = f"outputs {', '.join(end.name for end, _ in ends)}" if len(ends) > 1 else f"output {end.name}"
    yield Found(
        why=f"{'Up to ' * (len(ends) > 1)}{missing:.2g} of the labels of {named} are NaN: the loss {loss.name}, then "
        "every weight, becomes NaN in the first step that meets one.",
        fix="known = ~numpy.isnan(y).reshape(len(y), -1).any(axis=1)\nmodel.fit(x[known], y[known], ...)",
        severity="warning" if case.training.class_weight else "error",
        output=end.name,
        measured=missing,
        threshold=share,
        measured_in="share of labels that are NaN",
    )


def _learned_without(case: Case) -> bool:
    weights = [w for node in case.nodes for w in case.weights(node.name).values() if w.dtype.kind == "f"]
    return not case.untouched and all(bool(np.isfinite(w).all()) for w in weights)


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="IEEE 754: every sum with NaN is NaN; measured with Keras 3: weights of 0 do not help",
    rank=2,
    explains=("dynamics",),
)
