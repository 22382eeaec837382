"""Dropout right before batch normalisation: the variance that is learned is not that of inference."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import DROPPING, SQUASHES, Graph, graph_of, named, number
from nbdebug.records.case import Case, Node


def judge(case: Case, *, rate: float = 0.1) -> Iterator[Found]:
    """Dropout of `rate` or more scales the variance by 1 / (1 - rate) in training alone; at a tenth it is 11 %."""
    graph = graph_of(case)
    found = [node for node in graph if node.type in DROPPING and number(node, "rate") >= rate and _norm(graph, node)]
    if found:
        most = max(number(node, "rate") for node in found)
        yield Found(
            why=f"{named(found)} comes right before batch normalisation: in training the variance is up to "
            f"{1 / (1 - min(most, 0.99)) - 1:.0%} larger than in inference.",
            fix="# put dropout after batch normalisation, at best right before the last layer",
            layer=found[0].name,
            measured=most,
            threshold=rate,
            measured_in="share of units that is dropped",
        )


def _norm(graph: Graph, node: Node) -> bool:
    following = graph.next(node)
    while following is not None and following.type in SQUASHES:
        following = graph.next(following)
    return following is not None and following.type == "BatchNormalization"


CHECK = Check(
    judge=judge,
    cause="batch_norm",
    severity="note",
    source="Li et al. 2019, Understanding the disharmony between dropout and batch normalization by variance shift",
    rank=80,
)
