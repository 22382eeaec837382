"""A loss of the user's own takes the logarithm of an output that is not squashed."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._mend import head_code
from nbdebug.checks.contract._probed import takes_shares
from nbdebug.checks.contract._reach import RANGES, activation_of, finite, leaves_zero_one
from nbdebug.records.case import Case, End


def judge(case: Case, *, slack: float = 0.001) -> Iterator[Found]:
    """
    Args:
        slack: how far a prediction may be outside of 0 to 1 where what makes it is not known; rounding is far below.
    """
    for end in case.ends:
        if end.loss is not None and _leaves(case, end, slack) and takes_shares(case, end):
            values = finite(end)
            yield Found(
                why=f"Output {end.name} is not squashed (the first predictions go from {values.min():.3g} to "
                f"{values.max():.3g}), but {end.loss.name} takes their logarithm as if they were shares from 0 to 1.",
                fix=head_code(end).split("\n")[0]
                + "\n# or put logits through keras.ops.sigmoid or softmax in the loss",
                output=end.name,
                layer=end.node,
                measured=float(values.min()),
                threshold=0,
                measured_in="smallest of the first predictions",
            )


def _leaves(case: Case, end: End, slack: float) -> bool:
    activation = activation_of(case, end)
    if not finite(end).size:
        return False
    if activation is None:
        return leaves_zero_one(end, slack)
    low, high = RANGES[activation]
    return low < 0 or high > 1


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Keras, cross-entropies cut shares to 1e-7 and above, where their gradient is 0; a logarithm of a number "
    "below 0 is none",
    rank=26,
    explains=("initialisation", "dynamics"),
    program="own_dice_of_raw_numbers",
)
