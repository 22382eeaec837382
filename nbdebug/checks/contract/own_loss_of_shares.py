"""A loss of the user's own takes the logarithm of an output that is not squashed."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._mend import head_code
from nbdebug.checks.contract._probed import takes_shares
from nbdebug.checks.contract._reach import RANGES, activation_of, finite
from nbdebug.records.case import Case, End


def judge(case: Case, *, slack: float = 0.001) -> Iterator[Found]:
    """
    Args:
        slack: how far a prediction may be outside of 0 to 1 where what makes it is not known; rounding is far below.
    """
    for end in case.ends:
        low, high = _range(case, end)
        if end.loss is None or (low >= -slack and high <= 1 + slack):
            continue
        if takes_shares(case, end, of_the_rest=low >= -slack):
            values = finite(end)
            yield Found(
                why=f"Output {end.name} is not squashed (the first predictions go from {values.min():.3g} to "
                f"{values.max():.3g}), but the loss {end.loss.name} takes their logarithm as if they were "
                "shares from 0 to 1.",
                fix=head_code(end).split("\n")[0]
                + "\n# or put logits through keras.ops.sigmoid or softmax in the loss",
                output=end.name,
                layer=end.node,
                measured=float(values.min()),
                threshold=0,
                measured_in="smallest of the first predictions",
            )


def _range(case: Case, end: End) -> tuple[float, float]:
    """What the head can put out, as far as that is known, or else has put out."""
    values, activation = finite(end), activation_of(case, end)
    if not values.size:
        return 0.0, 1.0
    return RANGES[activation] if activation is not None else (float(values.min()), float(values.max()))


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
