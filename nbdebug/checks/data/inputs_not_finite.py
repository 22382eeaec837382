"""Inputs that are NaN or infinite make predictions, loss and soon all weights NaN."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of, straight, weighs
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_LOOKED_AT = 20_000_000
_ASKED = 16


def judge(case: Case) -> Iterator[Found]:
    """Networks that cope with what is missing, and predict something nevertheless, are left alone."""
    for name, values in case.inputs.items():
        if values.dtype.kind != "f":
            continue
        some = spread(values, _LOOKED_AT)
        broken = ~np.isfinite(some).reshape(len(some), -1).all(axis=1)
        if not broken.any():
            continue
        rows = np.linspace(0, len(values) - 1, len(some)).astype(np.intp)[broken]
        if not _meets_weights(case, name) and _copes(case, rows[:_ASKED]):
            continue
        yield Found(
            why=f"{broken.mean():.2%} of the examples of input {name} hold NaN or infinite values: one of them in a "
            "batch makes the loss and then all weights NaN.",
            fix="known = np.isfinite(x).reshape(len(x), -1).all(axis=1)\nx, y = x[known], y[known]  # or fill the gaps",
            measured=float(broken.mean()),
            threshold=0.0,
            measured_in="share of examples with values that are not finite",
            examples=tuple(int(i) for i in rows[:_ASKED]),
            evidence={"input": name, **_time(values[rows[0]])},
        )


def _time(example: np.ndarray) -> dict[str, int]:
    """The first time of an example that is not finite, where it has times."""
    if example.ndim != 2:
        return {}
    return {"time": int(np.flatnonzero(~np.isfinite(example).all(axis=1))[0])}


def _meets_weights(case: Case, name: str) -> bool:
    """Whether the values of an input are multiplied by weights as they are: then the gradients of those are NaN, even
    where a rectifier makes 0 of NaN, as it does on some processors, and predictions look sound.
    """
    if case.unreadable or not case.nodes:
        return False
    after = graph_of(case).after
    waiting = list(after.get(name, ()))
    while waiting:
        node = waiting.pop()
        if node.direct and weighs(node):
            return True
        if node.direct and straight(node):
            waiting += after.get(node.name, ())
    return False


def _copes(case: Case, rows: np.ndarray) -> bool:
    if case.predict is None:
        return False
    found = case.predict({name: values[rows] for name, values in case.inputs.items()})
    return all(bool(np.isfinite(values).all()) for values in found.values())


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="IEEE 754: NaN in, NaN out; Breck et al. 2019, Data validation for machine learning",
    rank=0,
    explains=("data", "initialisation", "dynamics"),
)
