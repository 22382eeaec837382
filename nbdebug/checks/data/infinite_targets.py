"""A label that is infinite, such as the logarithm of 0, makes the loss and then every weight infinite or NaN."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case

_NAMED = 16


def judge(case: Case, *, share: float = 0.0) -> Iterator[Found]:
    """
    Args:
        share: of labels that may be infinite. One is enough: a loss that grows with the error is infinite there, and
            its gradient is infinite or NaN.
    """
    for name, y in case.targets.items():
        if y.dtype.kind != "f":
            continue
        broken = np.isinf(y).reshape(len(y), -1).any(axis=1)
        if broken.mean() > share:
            yield Found(
                why=f"{broken.mean():.2%} of the labels of output {name} are infinite: the loss, then every weight, is "
                "no longer a number once a batch holds one.",
                fix="known = np.isfinite(y).reshape(len(y), -1).all(axis=1)\nx, y = x[known], y[known]"
                "  # after a logarithm: np.log1p(y) knows 0",
                output=name,
                measured=float(broken.mean()),
                threshold=share,
                measured_in="share of labels that are infinite",
                examples=tuple(int(i) for i in np.flatnonzero(broken)[:_NAMED]),
            )


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="IEEE 754: infinity in, infinity out; Breck et al. 2019, Data validation for machine learning",
    rank=1,
    explains=("unscaled_targets", "initialisation", "dynamics"),
)
