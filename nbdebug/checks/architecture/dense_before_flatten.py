"""A dense layer on pictures that are not flattened: it sees the channels of one pixel at a time."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import DROPPING, NORMS, SQUASHES, Graph, graph_of
from nbdebug.records.case import Case, Node

_BETWEEN = ("Dense", "Rescaling", "GaussianNoise", "Identity", *NORMS, *SQUASHES, *DROPPING)


def judge(case: Case, *, channels: int = 4) -> Iterator[Found]:
    """Between an input and a Flatten there are dense layers and nothing that looks at neighbours.

    `channels`: pixels have up to 4 (grey, RGB, RGBA); more are features of each place, whose mixing is a 1x1
    convolution. In series, each value by itself is one channel.
    """
    graph = graph_of(case)
    for node in graph:
        if node.type != "Dense" or not _first(case, graph, node):
            continue
        shape = node.input_shapes[0]
        most = channels if len(shape) > 3 else 1
        if len(shape) < 3 or shape[-1] is None or shape[-1] > most or not _flattened(graph, node):
            continue
        places = " x ".join(str(size) for size in shape[1:-1])
        yield Found(
            why=f"{node.name} comes before Flatten: it sees the {shape[-1]} channel{'s' * (shape[-1] > 1)} of one of "
            f"the {places} places at a time, and the same weights serve all of them.",
            fix=f"keras.layers.Flatten(),  # before {node.name}, not after it",
            layer=node.name,
            measured=float(shape[-1]),
            threshold=float(most + 1),
            measured_in="numbers that a unit sees",
        )


def _first(case: Case, graph: Graph, node: Node) -> bool:
    """Whether it is the first dense layer after an input, with nothing before it that looks at neighbours."""
    current = node
    while len(current.sources) == 1 and current.direct:
        source = current.sources[0]
        if source in case.inputs:
            return True
        before = graph.nodes.get(source)
        if before is None or before.type == "Dense" or before.type not in _BETWEEN:
            return False
        current = before
    return False


def _flattened(graph: Graph, node: Node) -> bool:
    following = graph.next(node)
    while following is not None and following.type in _BETWEEN:
        following = graph.next(following)
    return following is not None and following.type == "Flatten"


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Keras documentation of Dense: inputs of a rank above 2 are multiplied along their last axis only",
    rank=30,
    program="dm_54064299",
)
