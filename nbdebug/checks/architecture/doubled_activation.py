"""What has been squashed into 0 to 1 is squashed again: only the middle of the range can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import SQUASHES, graph_of, straight
from nbdebug.records.case import Case, Node

_SHARES = ("sigmoid", "hard_sigmoid", "softmax")
_CONTRACT = ("binary", "categorical", "sparse")


def judge(case: Case) -> Iterator[Found]:
    """Sigmoid or softmax twice in a row; at an output also a rectifier or tanh under a sigmoid.

    Outputs under a cross-entropy are the contract checks' own. Scores of attention are often squashed before their
    softmax, and a softmax along one axis after one along another is no repetition.
    """
    graph = graph_of(case)
    heads = {end.node: end for end in case.ends if end.direct}
    for node in graph:
        first = _squashed(graph.before(node)) if node.type in SQUASHES else None
        while first is not None and straight(first) and first.activation is None:
            first = _squashed(graph.before(first))
        end = heads.get(node.name)
        known = end is not None and end.loss is not None and end.loss.kind in _CONTRACT
        if first is None or known or not _again(first, node, at_end=end is not None):
            continue
        yield Found(
            why=f"{node.name} puts through a {node.activation} what {first.name} has already put through a "
            f"{first.activation}: {_range(first, node)}.",
            fix=f"# {first.name} without its activation, or without {node.name}",
            severity="error" if end is not None else "warning",
            layer=node.name,
            output=end.name if end is not None else None,
        )


def _squashed(node: Node | None) -> Node | None:
    return node if node is not None and (node.activation is not None or straight(node)) else None


def _again(first: Node, node: Node, at_end: bool) -> bool:
    one, two = first.activation, node.activation
    if one == "softmax" and two == "softmax":
        return first.type != "Softmax" or first.config.get("axis", -1) == node.config.get("axis", -1)
    if two in ("sigmoid", "hard_sigmoid"):
        return one in _SHARES or (at_end and one in ("relu", "relu6", "tanh"))
    return at_end and two == "softmax" and one in ("sigmoid", "hard_sigmoid")


def _range(first: Node, node: Node) -> str:
    if node.activation == "softmax":
        return "its shares cannot come near 0 or 1"
    return "it stays between 0.27 and 0.73" if first.activation == "tanh" else "it cannot fall below 0.5"


CHECK = Check(
    judge=judge,
    cause="hidden_activation",
    severity="warning",
    source="Nikanjam et al. 2021 (NeuraLint), redundant stacked activations; sigmoid(0) = 0.5",
    rank=20,
)
