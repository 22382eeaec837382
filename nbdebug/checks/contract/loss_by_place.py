"""A loss that depends on the order of the examples in a batch, which `fit` shuffles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, End

_ORDERS, _FEWEST = 3, 8


def judge(case: Case, *, difference: float = 1e-3) -> Iterator[Found]:
    """Losses of the user's own: the same examples with the same predictions in three other orders change the loss of
    the batch by more than `difference` of it each time, far above what rounding does. With shuffle=False an order may
    be meant, as that of triplets; a warning where it is not known who shuffles.
    """
    if case.training.shuffle is False:
        return
    for end in case.ends:
        if end.loss is None or end.loss.kind != "other" or end.batch_loss is None or len(end.values) < _FEWEST:
            continue
        losses = _in_orders(end)
        apart = np.abs(losses[1:] - losses[0]) / max(abs(losses[0]), 1e-6)
        if np.isfinite(losses).all() and apart.min() > difference:
            yield Found(
                why=f"The loss {end.loss.name} of output {end.name} is {losses[0]:.4g} for a batch, and "
                f"{losses[1]:.4g} for the same examples and predictions in another order: fit shuffles them.",
                fix="order = keras.ops.argsort(...)  # sort within the loss, or take sums that no order changes\n"
                "# model.fit(..., shuffle=False) where x comes in the order that the loss expects",
                severity="error" if case.training.shuffle else "warning",
                output=end.name,
                measured=float(apart.min()),
                threshold=difference,
                measured_in="change of the loss by another order, as a share of it",
            )


def _in_orders(end: End) -> np.ndarray:
    random, n = np.random.default_rng(0), len(end.values)
    orders = [np.arange(n), *(random.permutation(n) for _ in range(_ORDERS))]
    assert end.batch_loss is not None
    found = [end.batch_loss(end.values[order], order) for order in orders]
    return np.array([np.nan if loss is None else loss for loss in found], np.float64)


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="error",
    source="Katzman et al. 2018, DeepSurv, 2.2: a partial likelihood compares with those still at risk, whatever the "
    "order of the rows; Keras: fit(shuffle=True) is the default",
    rank=13,
    explains=("dynamics",),
    program="own_running_sum_in_the_loss",
)
