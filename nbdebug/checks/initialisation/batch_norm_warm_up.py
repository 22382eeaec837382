"""The moving averages of batch normalisation do not arrive: inference differs from training."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.graph import named, number
from nbdebug.records.case import Case, Node


def judge(case: Case, *, left: float = 0.37) -> Iterator[Found]:
    """Of the means of 0 and variances of 1 that they begin at, a share of momentum to the number of updates is left at
    the end. More than `left`, 1/e, is less than one time constant: inference still goes by what was never measured.
    """
    norms = [node for node in case.nodes if node.type == "BatchNormalization" and node.trainable and _fresh(case, node)]
    if not norms:
        return
    updates = case.training.updates
    if updates is None:
        raise Unfit("how many updates this fit will do is not known: give epochs and batch_size")
    slow = [node for node in norms if number(node, "momentum") ** updates > left]
    if slow:
        momentum = number(slow[0], "momentum")
        share = momentum**updates
        yield Found(
            why=f"After the {updates} updates of this fit the moving averages of {named(slow)} are still {share:.0%} "
            "what they began at, so evaluate and predict see other values than training did.",
            fix=f"keras.layers.BatchNormalization(momentum={_momentum(updates)})\n# or smaller batches and more epochs",
            layer=slow[0].name,
            measured=share,
            threshold=left,
            measured_in="share of the initial averages that is left",
            evidence={"layers": [node.name for node in slow]},
        )


def _fresh(case: Case, node: Node) -> bool:
    weights = case.weights(node.name)
    mean, variance = weights.get("moving_mean"), weights.get("moving_variance")
    return mean is not None and variance is not None and not mean.any() and bool(np.all(variance == 1))


def _momentum(updates: int) -> float:
    return round(max(0.5, min(0.99, 0.05 ** (1 / updates))), 2)


CHECK = Check(
    judge=judge,
    cause="batch_norm",
    severity="warning",
    source="Ioffe 2017, Batch renormalization; Keras documentation of BatchNormalization, momentum",
    rank=2,
    explains=("budget",),
    program="dm_43055289",
)
