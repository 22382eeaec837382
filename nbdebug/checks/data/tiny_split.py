"""What validation_split leaves is too little to train on."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._rows import split_at
from nbdebug.records.case import Case


def judge(case: Case, *, examples: int = 10) -> Iterator[Found]:
    """Fewer than `examples` are left to train on; with one or two nothing can be told apart, which is an error."""
    left = split_at(case)
    if left is None:
        raise Unfit("fit has no validation_split")
    n = len(next(iter(case.inputs.values()), ()))
    if left < examples:
        yield Found(
            why=f"validation_split={case.training.validation_split:g} leaves {left} of {n} examples to train on.",
            fix="model.fit(...)  # without validation_split, or with more examples",
            severity="error" if left <= 2 else "warning",
            measured=float(left),
            threshold=float(examples),
            measured_in="examples to train on",
        )


CHECK = Check(
    judge=judge,
    cause="split",
    severity="warning",
    source="Hastie et al. 2009, The elements of statistical learning, 7.2",
    rank=5,
    program="dm_46359741",
)
