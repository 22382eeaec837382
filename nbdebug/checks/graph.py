"""The calls of layers as a graph that can be walked both ways."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nbdebug.checks.check import Unfit
from nbdebug.records.case import Case, End, Node

DROPPING = ("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout")
RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D")
NORMS = ("BatchNormalization", "LayerNormalization", "GroupNormalization", "Normalization", "UnitNormalization")
RESHAPING = ("Flatten", "Reshape", "Permute", "RepeatVector", "Identity", "InputLayer")
SQUASHES = ("Activation", "Softmax", "ReLU", "LeakyReLU", "PReLU", "ELU")
_CONVOLUTIONS = ("Conv", "DepthwiseConv", "SeparableConv")
_SEVERAL = ("Zero", "Cropping", "UpSampling", "AveragePooling", "GlobalAveragePooling")


@dataclass(frozen=True)
class Graph:
    """The nodes that lead to an output.

    Args:
        nodes: by name, in the order in which they run.
        after: name of a node or an input -> the nodes that take it.
        tips: names of the nodes that outputs are made of.
    """

    nodes: Mapping[str, Node]
    after: Mapping[str, tuple[Node, ...]]
    tips: frozenset[str]

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes.values())

    def before(self, node: Node) -> Node | None:
        """The only node that it takes its values from as they are."""
        source = self.nodes.get(node.sources[0]) if len(node.sources) == 1 else None
        return source if node.direct else None

    def next(self, node: Node) -> Node | None:
        """The only node that takes its values, as they are and nothing else; None for an output."""
        found = self.after.get(node.name, ())
        if len(found) != 1 or node.name in self.tips:
            return None
        return found[0] if found[0].direct and found[0].sources == (node.name,) else None

    def ancestors(self, node: Node) -> list[Node]:
        """All nodes that it is computed from."""
        found: dict[str, Node] = {}
        waiting = list(node.sources)
        while waiting:
            source = self.nodes.get(waiting.pop())
            if source is not None and source.name not in found:
                found[source.name] = source
                waiting += source.sources
        return list(found.values())

    def passes_all(self, node: Node) -> bool:
        """Whether every way from an input to an output leads through it."""
        reached = {node.name}
        waiting = [name for name in self.after if name not in self.nodes]
        while waiting:
            current = waiting.pop()
            if current in self.tips:
                return False
            fresh = [n.name for n in self.after.get(current, ()) if n.name not in reached]
            reached.update(fresh)
            waiting += fresh
        return True


def graph_of(case: Case) -> Graph:
    """The graph of a case.

    Raises:
        Unfit: it could not be read.
    """
    if case.unreadable or not case.nodes:
        raise Unfit(f"the graph of the model could not be read: {case.unreadable or 'no call of a layer was heard'}")
    tips = {end.node for end in case.ends if end.node is not None}
    taken = {source for node in case.nodes for source in node.sources}
    loose = {node.name for node in case.nodes if node.name not in taken}
    if all(end.direct for end in case.ends):
        kept = _leading_to(case, tips)
    else:  # operations make an output of nodes that only the end of the graph tells
        kept, tips = set(loose | taken), tips | loose
    nodes = {node.name: node for node in case.nodes if node.name in kept}
    after: dict[str, tuple[Node, ...]] = {}
    for node in nodes.values():
        for source in node.sources:
            after[source] = (*after.get(source, ()), node)
    return Graph(nodes, after, frozenset(tips))


def weighs(node: Node) -> bool:
    """Whether it multiplies its inputs by a kernel: a dense, convolutional or recurrent layer."""
    return dense_or_convolution(node) or node.type in RECURRENT


def dense_or_convolution(node: Node) -> bool:
    """Whether it is a dense or convolutional layer, or one of them at every time."""
    at_every_time = node.type == "TimeDistributed" and node.n_parameters > 0
    return node.type in ("Dense", "EinsumDense") or node.type.startswith(_CONVOLUTIONS) or at_every_time


def straight(node: Node) -> bool:
    """Whether it neither bends nor mixes in anything else: reshaping, dropout, padding, averages, batch norm."""
    plain = node.type in (*RESHAPING, *DROPPING, "BatchNormalization", "Rescaling", "Normalization", "GaussianNoise")
    unbent = node.type in SQUASHES and node.activation == "linear"
    return plain or unbent or node.type.startswith(_SEVERAL)


def width(shape: tuple[int | None, ...]) -> int | None:
    """How many numbers an example is there, None where that is open."""
    return None if not shape or None in shape[1:] else math.prod(size for size in shape[1:] if size is not None)


def rebuilds(case: Case) -> bool:
    """Whether an output has the shape of an input, as that of an autoencoder has."""
    shapes = {tuple(values.shape[1:]) for values in case.inputs.values()}
    return any(end.shape in shapes for end in case.ends)


def named(nodes: list[Node], most: int = 4) -> str:
    """Their names, in words."""
    names = [node.name for node in nodes[:most]]
    return ", ".join(names) + (f" and {len(nodes) - most} more" if len(nodes) > most else "")


def number(node: Node, key: str) -> float:
    """A number of the layer's configuration, 0 where there is none."""
    value = node.config.get(key)
    return float(value) if isinstance(value, int | float) else 0.0


def outputs(case: Case, graph: Graph) -> Iterator[tuple[End, Node]]:
    """The outputs that a node puts out as they are, with that node."""
    for end in case.ends:
        node = graph.nodes.get(end.node or "")
        if end.direct and node is not None:
            yield end, node


def _leading_to(case: Case, tips: set[str]) -> set[str]:
    nodes, found, waiting = {node.name: node for node in case.nodes}, set(tips), list(tips)
    while waiting:
        fresh = [s for s in nodes[waiting.pop()].sources if s in nodes and s not in found]
        found.update(fresh)
        waiting += fresh
    return found
