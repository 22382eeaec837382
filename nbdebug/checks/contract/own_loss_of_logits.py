"""A loss of the user's own squashes an output that is squashed already."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import takes_logits
from nbdebug.checks.contract._reach import RANGES, activation_of, finite, leaves_zero_one
from nbdebug.records.case import Case, End


def judge(case: Case) -> Iterator[Found]:
    for end in case.ends:
        if end.loss is not None and _stays(case, end) and takes_logits(case, end):
            yield Found(
                why=f"Output {end.name} stays between 0 and 1, but the loss {end.loss.name} is far from its lowest "
                "where predictions equal the labels, and falls on where they go beyond: it takes logits.",
                fix=f"Dense({end.units})  # the last layer, without an activation\n"
                "# or from_logits=False, without sigmoid or softmax in the loss",
                output=end.name,
                layer=end.node,
            )


def _stays(case: Case, end: End) -> bool:
    activation = activation_of(case, end)
    if activation is None:
        return end.activation in ("sigmoid", "softmax") and finite(end).size > 0 and not leaves_zero_one(end)
    low, high = RANGES[activation]
    return low >= 0 and high <= 1


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Keras, cross-entropies: from_logits=True squashes what it is given, so that no share comes near 0 or 1",
    rank=40,
    explains=("initialisation", "dynamics"),
    program="own_squashed_in_the_loss_too",
)
