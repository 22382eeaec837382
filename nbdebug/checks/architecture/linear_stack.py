"""Layer upon layer without an activation: together they are one linear layer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.drawn import loaded
from nbdebug.checks.graph import (
    SQUASHES,
    Graph,
    dense_or_convolution,
    graph_of,
    named,
    outputs,
    rebuilds,
    straight,
    width,
)
from nbdebug.checks.plane import share_of_plane
from nbdebug.records.case import Case, Node

_MERGING = ("Add", "Concatenate", "Average", "Subtract")
_MAXIMA = ("MaxPooling", "GlobalMaxPooling")


def judge(case: Case, *, explained: float = 0.95) -> Iterator[Found]:
    """Two dense or convolutional layers in a row and nothing but maxima that bends anything before the last one.

    What a single layer could not do in their place is meant. A layer narrower than both the inputs and the last layer
    limits the rank of the whole. A layer whose weights were learned elsewhere was linear there. Linear autoencoders are
    left alone, and numbers that a plane explains to a share of `explained` or more: there is nothing that an activation
    could add to them.
    """
    graph = graph_of(case)
    if rebuilds(case):
        return
    for end, tip in outputs(case, graph):
        last = _last(graph, tip)
        if last is None:
            continue
        maxima = [node for node in graph.ancestors(last) if node.type.startswith(_MAXIMA)]
        found = _unbent(case, graph, last)
        if not found or _limits_rank(case, found, last) or share_of_plane(case, end) >= explained:
            continue
        yield Found(
            why=f"No layer between the inputs and {last.name} has an activation ({named(found)}): "
            + (f"all that is bent is {named(maxima)}." if maxima else "together they are a single linear layer."),
            fix='activation="relu"  # in ' + named(found),
            layer=found[0].name,
            output=end.name,
            evidence={"layers": [node.name for node in found]},
        )
        return


def _last(graph: Graph, tip: Node) -> Node | None:
    node: Node | None = tip
    while node is not None and not dense_or_convolution(node):
        if not straight(node) and node.type not in SQUASHES:
            return None
        node = graph.before(node)
    return node


def _unbent(case: Case, graph: Graph, last: Node) -> list[Node]:
    """The layers before the last one that learn from the start, [] where one is bent or no two stand in a row."""
    before = graph.ancestors(last)
    if not last.direct or not all(_linear(node) or node.type.startswith(_MAXIMA) for node in before):
        return []
    learning = [node for node in graph if node in before and dense_or_convolution(node) and node.trainable]
    layers = [node for node in learning if not loaded(case, node)]
    return layers if any(_in_a_row(graph, node) for node in layers) else []


def _limits_rank(case: Case, found: list[Node], last: Node) -> bool:
    """Whether the numbers of some layer are fewer than those of an example's inputs and than those put out."""
    widths = [width(node.output_shape) for node in (last, *found)]
    inputs = sum(math.prod(values.shape[1:]) for values in case.inputs.values())
    end, *hidden = (math.inf if size is None else size for size in widths)
    return min(hidden) < min(inputs, end)


def _linear(node: Node) -> bool:
    if not node.direct or node.activation not in (None, "linear"):
        return False
    return dense_or_convolution(node) or straight(node) or node.type in _MERGING


def _in_a_row(graph: Graph, node: Node) -> bool:
    waiting = list(graph.after.get(node.name, ()))
    while waiting:
        following = waiting.pop()
        if dense_or_convolution(following):
            return True
        if not following.type.startswith(_MAXIMA):
            waiting += graph.after.get(following.name, ())
    return False


CHECK = Check(
    judge=judge,
    cause="hidden_activation",
    severity="warning",
    source="Goodfellow et al. 2016, Deep Learning, 6.3: a network of linear layers is a linear function, which may be "
    "factored to have fewer weights",
    rank=10,
    program="dm_56888491",
)
