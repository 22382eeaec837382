"""Dropout after the last layer with weights: it strikes out the outputs themselves."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import DROPPING, RESHAPING, SQUASHES, graph_of, number, outputs, weighs
from nbdebug.records.case import Case, Node

_BETWEEN = (*SQUASHES, *RESHAPING, *DROPPING, "BatchNormalization")


def judge(case: Case) -> Iterator[Found]:
    """Only under a loss of Keras' own: an embedding under a loss of the user's may well be dropped."""
    graph = graph_of(case)
    for end, tip in outputs(case, graph):
        if end.loss is None or end.loss.kind == "other":
            continue
        node: Node | None = tip
        dropped = None
        while node is not None and node.type in _BETWEEN:
            dropped = node if node.type in DROPPING and number(node, "rate") > 0 else dropped
            node = graph.before(node)
        if dropped is None or node is None or not weighs(node):
            continue
        rate = number(dropped, "rate")
        yield Found(
            why=f"{dropped.name} comes after {node.name}, the last layer with weights: in training it replaces "
            f"{rate:.0%} of what {end.name} puts out by 0.",
            fix=f"keras.layers.Dropout({rate:g}),  # before {node.name}, not after it",
            layer=dropped.name,
            output=end.name,
            measured=rate,
            threshold=0.0,
            measured_in="share of the outputs that is dropped",
        )


CHECK = Check(
    judge=judge,
    cause="dropout",
    severity="error",
    source="Srivastava et al. 2014, Dropout: input and hidden units are dropped, never outputs",
    rank=5,
    explains=("heavy_dropout",),
    program="dm_44755431",
)
