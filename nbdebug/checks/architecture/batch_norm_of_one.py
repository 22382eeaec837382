"""Batch normalisation over batches of one example: less its own mean, every example is zero."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, Node

_PER_EXAMPLE = 2


def judge(case: Case) -> Iterator[Found]:
    """Without positions in space or time, a batch of one gives each unit one value, which is its own mean."""
    alone = [node for node in case.nodes if _alone(node)]
    if case.training.batch_size != 1 or not alone:
        return
    yield Found(
        why=f"{alone[0].name} takes the mean of every batch away, and a batch is one example: in training nothing is "
        "left of it.",
        fix="model.fit(..., batch_size=32)  # or LayerNormalization instead",
        layer=alone[0].name,
        measured=1.0,
        threshold=2.0,
        measured_in="examples in a batch",
    )


def _alone(node: Node) -> bool:
    per_example = all(len(shape) == _PER_EXAMPLE for shape in node.input_shapes)
    return node.type == "BatchNormalization" and node.trainable and per_example


CHECK = Check(
    judge=judge,
    cause="batch_size",
    severity="error",
    source="Ioffe and Szegedy 2015, Batch normalization, algorithm 1",
    rank=8,
    explains=("initialisation", "dynamics"),
)
