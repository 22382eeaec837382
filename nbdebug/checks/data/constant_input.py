"""All examples are the same: there is nothing to tell apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_LOOKED_AT = 20_000_000


def judge(case: Case) -> Iterator[Found]:
    """A single constant input beside others may be meant (positions, a first state); so is a single example."""
    n = len(next(iter(case.inputs.values()), ()))
    if n > 1 and all(_constant(values) for values in case.inputs.values()):
        yield Found(
            why=f"All {n:,} examples have the same inputs.",
            fix="np.unique(x, axis=0)  # look at how x is made",
            measured=1.0,
            threshold=2.0,
            measured_in="different examples",
        )


def _constant(values: np.ndarray) -> bool:
    some = spread(values, _LOOKED_AT)
    return bool((some == some[:1]).all())


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="Breck et al. 2019, Data validation for machine learning",
    rank=2,
    explains=("data", "initialisation", "dynamics"),
)
