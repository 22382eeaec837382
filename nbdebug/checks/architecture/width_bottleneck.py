"""Everything has to pass through one or two units, between layers that are much wider."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import RECURRENT, SQUASHES, Graph, graph_of, rebuilds, straight, weighs, width
from nbdebug.records.case import Case, Node


def judge(case: Case, *, wider: int = 4) -> Iterator[Found]:
    """A hidden layer of one unit that takes at least `wider` numbers, or of two bent units between layers at least
    `wider` times as wide, through which every way from the inputs to the outputs leads.

    Gates, attention scores, branches and heads beside it leave other ways; autoencoders, and a linear code of two
    numbers that is to be plotted, are meant to be narrow. Four numbers keep their order in one, hardly anything else.
    """
    graph = graph_of(case)
    if rebuilds(case):
        return
    for node in graph:
        units, before = width(node.output_shape), width(node.input_shapes[0]) if node.input_shapes else None
        following = _next(graph, node) if weighs(node) else None
        after = width(following.output_shape) if following is not None else None
        if units is None or before is None or after is None or units > 2 or before < wider * units:
            continue
        if not _narrow(node, units, after, wider) or not graph.passes_all(node):
            continue
        yield Found(
            why=f"Everything that is known of the {before:,} numbers before {node.name} has to pass through "
            f"{'its single unit' if units == 1 else 'its two units'}.",
            fix=f"{node.type}({max(16, 4 * after)}, ...)  # {node.name}",
            layer=node.name,
            measured=float(units),
            threshold=3.0,
            measured_in="units",
        )


def _narrow(node: Node, units: int, after: int, wider: int) -> bool:
    if node.type in RECURRENT:
        return units == 1 and after > 2
    return units == 1 or (node.activation not in (None, "linear") and after >= wider * units)


def _next(graph: Graph, node: Node) -> Node | None:
    following = graph.next(node)
    while following is not None and (straight(following) or following.type in SQUASHES):
        following = graph.next(following)
    return following if following is not None and following.type == "Dense" else None


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Tishby and Zaslavsky 2015, Deep learning and the information bottleneck principle: what a layer loses, no "
    "later one can bring back",
    rank=35,
    program="dm_62313327",
)
