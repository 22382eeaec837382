"""Weights or activations that are NaN or infinite: nothing can be learned from here on."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, Node


def judge(case: Case) -> Iterator[Found]:
    """The first layer, in the order in which they run, with a weight that is not finite."""
    for node in case.nodes:
        broken = _not_finite(case, node)
        if broken:
            rate = case.training.learning_rate
            yield Found(
                why=f"{broken:,} weights of {node.name} are NaN or infinite, so every prediction is.",
                fix="# make the model anew and train it with "
                + (f"learning_rate={rate / 10:g} or " if rate else "a smaller learning rate or ")
                + "clipnorm=1.0 in the optimizer",
                layer=node.name,
                measured=float(broken),
                threshold=0.0,
                measured_in="weights that are not finite",
            )
            return


def _not_finite(case: Case, node: Node) -> int:
    weights = case.weights(node.name).values()
    return sum(int(w.size - np.isfinite(w).sum()) for w in weights if w.dtype.kind == "f")


CHECK = Check(
    judge=judge,
    cause="learning_rate",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 8.2.4 (cliffs and exploding gradients)",
    rank=0,
    explains=("dynamics", "initialisation"),
    outcome=True,
)
