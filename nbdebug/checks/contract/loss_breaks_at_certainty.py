"""A loss of the user's own is no number where predictions are exactly right: 0 times the logarithm of 0."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._probed import any_loss, mean_loss, zero_one
from nbdebug.checks.contract._reach import ONE_EACH, activation_of
from nbdebug.records.case import Case


def judge(case: Case, *, near: float = 0.01) -> Iterator[Found]:
    """Heads that squash to shares, labels of 0 and 1: the loss is a number where predictions are `near` the labels, and
    none where they equal them, which float32 rounds a sigmoid to from about 17 on.
    """
    for end in case.ends:
        labels = zero_one(case, end)
        if end.loss is None or labels is None or activation_of(case, end) not in (*ONE_EACH, "softmax"):
            continue
        if mean_loss(end, labels + near * (1 - 2 * labels)) is None:
            continue
        found = any_loss(end, labels)
        if found is not None and not np.isfinite(found):
            yield Found(
                why=f"The loss {end.loss.name} of output {end.name} is {found} where predictions are exactly right: "
                "it multiplies 0 by the logarithm of 0. Once one prediction is that sure, so is every weight.",
                fix="y_pred = keras.ops.clip(y_pred, 1e-7, 1 - 1e-7)  # in the loss, before the logarithm",
                output=end.name,
                layer=end.node,
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="warning",
    source="Goldberg 1991, What every computer scientist should know about floating-point arithmetic; Keras clips "
    "shares at 1e-7 in its own cross-entropies",
    rank=30,
    explains=("dynamics",),
    program="own_logarithm_of_nothing",
)
