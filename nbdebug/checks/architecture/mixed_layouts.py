"""One layer takes the channels for the first axis, the next one for the last."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import DROPPING, NORMS, SQUASHES, Graph, graph_of
from nbdebug.records.case import Case, Node

_KEEPING = (*DROPPING, *SQUASHES, *NORMS, "Identity")


def judge(case: Case) -> Iterator[Found]:
    """The first place where the layout changes without a Permute."""
    graph = graph_of(case)
    for node in graph:
        before = _before(graph, node) if "data_format" in node.config and len(node.output_shape) > 2 else None
        if before is None or len(before.output_shape) < 3:
            continue
        one, two = str(before.config["data_format"]), str(node.config["data_format"])
        if {one, two} == {"channels_first", "channels_last"}:
            yield Found(
                why=f"{before.name} has its {one.replace('_', ' ')}, {node.name} takes them {two.replace('_', ' ')}.",
                fix=f'data_format="{one}"  # in {node.name} as well',
                layer=node.name,
            )
            return


def _before(graph: Graph, node: Node) -> Node | None:
    before = graph.before(node)
    while before is not None and before.type in _KEEPING and "data_format" not in before.config:
        before = graph.before(before)
    return before if before is not None and "data_format" in before.config else None


CHECK = Check(
    judge=judge,
    cause="shape",
    severity="error",
    source="Keras documentation of data_format: one layout for all layers of a network",
    rank=12,
    program="dm_63212385",
)
