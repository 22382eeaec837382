"""A tanh puts out -1 to 1, and a cross-entropy takes the logarithm of shares from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, judged
from nbdebug.checks.contract._mend import head_code
from nbdebug.checks.contract._reach import TWO_SIDED, activation_of
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    for end, loss in judged(case, *CROSS_ENTROPIES):
        if activation_of(case, end) in TWO_SIDED:
            yield Found(
                why=f"Output {end.name} ends in {end.activation}, which puts out -1 to 1, and {loss.name} asks for "
                + ("logits without a bound." if loss.from_logits else "shares from 0 to 1."),
                fix=f"Dense({end.units})  # the last layer: logits" if loss.from_logits else head_code(end),
                severity="warning" if loss.from_logits else "error",
                output=end.name,
                layer=end.node,
            )


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Goodfellow, Bengio, Courville 2016, Deep Learning, 6.2.2; Keras cuts predictions to 1e-7 and above, where "
    "their gradient is 0",
    rank=25,
    explains=("initialisation", "dynamics"),
)
