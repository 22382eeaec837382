"""The running average that replaces the weights at the end is still where training began."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.records.case import Case


def judge(case: Case, *, left: float = 0.37) -> Iterator[Found]:
    """The average begins as the weights after the first step; a share of its momentum to the number of updates of them
    is left when `fit` overwrites the weights with it. More than `left`, 1/e, is less than one time constant.
    """
    momentum, updates = case.training.average, case.training.updates
    if momentum is None:
        return
    if updates is None:
        raise Unfit("how many updates this fit will do is not known: give epochs and batch_size")
    share = momentum ** max(0, updates - 1)
    if share > left and updates > 0:
        yield Found(
            why=f"At the end of fit the weights are replaced by their running average, and after {updates:,} updates "
            f"at ema_momentum={momentum:g} that is still {share:.0%} the weights after the first step: what was "
            "learned is thrown away.",
            fix=f"ema_momentum={_momentum(updates):g}  # of the optimizer\n# or use_ema=False",
            measured=share,
            threshold=left,
            measured_in="share of the first weights in the average",
        )


def _momentum(updates: int) -> float:
    """What leaves a hundredth of the beginning."""
    return round(max(0.5, min(0.999, 0.01 ** (1 / updates))), 3)


CHECK = Check(
    judge=judge,
    cause="optimizer",
    severity="warning",
    source="Polyak and Juditsky 1992, Acceleration of stochastic approximation by averaging; Keras documentation of "
    "Optimizer, ema_momentum",
    rank=2,
    explains=("budget",),
    program="own_average_that_never_moves",
)
