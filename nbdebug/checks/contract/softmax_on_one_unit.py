"""A softmax over a single unit is 1 whatever its input, so nothing can be learned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._mend import head_code
from nbdebug.records.case import Case, End


def judge(case: Case) -> Iterator[Found]:
    for end in case.ends:
        if end.activation == "softmax" and end.units == 1 and (end.certain or _is_one(end)):
            yield Found(
                why=f"Output {end.name} is a softmax over one unit: it is always 1 and its gradient is always 0.",
                fix=head_code(end),
                output=end.name,
                layer=end.node,
                measured=1,
                threshold=2,
                measured_in="units under the softmax",
            )


def _is_one(end: End) -> bool:
    return end.values.size > 1 and bool(np.all(end.values == 1))


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Bridle 1990, Probabilistic interpretation of feedforward network outputs; the commonest of deepmufl's "
    "109 faulty programs (Ghanbari et al. 2023)",
    rank=0,
    explains=("initialisation", "dynamics"),
)
