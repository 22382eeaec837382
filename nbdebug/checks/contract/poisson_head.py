"""A Poisson loss takes the logarithm of the prediction, and the head can put out numbers below zero: NaN."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.checks.contract._mend import Head, compile_code, layer_code
from nbdebug.checks.contract._reach import RANGES, activation_of, finite
from nbdebug.records.case import Case


def judge(case: Case, *, epsilon: float = 1e-7) -> Iterator[Found]:
    """
    Args:
        epsilon: what Keras adds before it takes the logarithm: only predictions below its negative become NaN.
    """
    for end, loss in judged(case, "poisson"):
        activation = activation_of(case, end)
        values = finite(end)
        negative = bool((values < -epsilon).any())
        if negative or (activation is not None and RANGES[activation][0] < 0):
            yield Found(
                why=f"Output {end.name} can put out numbers below 0"
                + (f" (it does: {values.min():.3g})" if negative else "")
                + f", and {loss.name} takes their logarithm: NaN.",
                fix=f"{layer_code(Head('exponential', end.units, ''))}\n{compile_code('poisson')}",
                severity="error" if negative else "warning",
                output=end.name,
                layer=end.node,
                measured=float(values.min()) if values.size else None,
                threshold=0,
                measured_in="smallest of the first predictions",
            )


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="McCullagh and Nelder 1989, Generalized Linear Models, 6.2: the log link; Keras, poisson",
    rank=30,
    explains=("initialisation", "dynamics"),
)
