"""How much there is to compute in a step of training: counted, never timed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nbdebug.records.case import Node

_BACKWARD = 3.0
"""A step costs about three forward passes of its batch."""
_VALUE = 16.0
"""What a value that a layer puts out costs beside the kernels, in multiply-adds."""
_WEIGHT = 16.0
"""What an optimizer does to a weight, and what gathers its gradient, in multiply-adds."""
_TURN = 5e5
"""What one time of a recurrent loop costs whatever its size, in multiply-adds."""
_RECURRENT = ("LSTM", "GRU", "SimpleRNN", "RNN", "ConvLSTM")
_LIGHT = ("Embedding", "Bidirectional")
"""The first only looks up, and the two directions of the second are nodes of their own."""


@dataclass(frozen=True)
class Work:
    """What a network takes, in multiply-adds.

    Args:
        example: a pass forward, an example.
        turns: times that recurrent loops go round in a pass forward, of however many examples.
        weights: how many single weights there are.
    """

    example: float = 0.0
    turns: int = 0
    weights: int = 0

    def step(self, batch: int) -> float:
        """Of a step of training."""
        return _BACKWARD * self.look(batch) + _WEIGHT * self.weights

    def look(self, examples: int) -> float:
        """Of a pass forward."""
        return examples * self.example + _TURN * self.turns


UNKNOWN = Work()
"""Of a network that nothing is known of."""


def work_of(
    nodes: Sequence[Node], kernels: Callable[[str], Mapping[str, np.ndarray]], weights: int, longest: int
) -> Work:
    """What a pass through these calls of layers takes.

    Args:
        kernels: node name -> weights by name.
        weights: how many single weights the network has.
        longest: size of an axis that a node leaves open.
    """
    values = sum(_size(node, longest) for node in nodes)
    products = sum(_products(node, kernels(node.name), longest) for node in nodes)
    return Work(products + _VALUE * values, sum(_turns(node, longest) for node in nodes), weights)


def _products(node: Node, weights: Mapping[str, np.ndarray], longest: int) -> float:
    """A kernel is gone through once at each place."""
    if node.type in _LIGHT or not node.input_shapes:
        return 0.0
    return float(sum(w.size for w in weights.values() if w.ndim > 1) * _places(node, longest))


def _places(node: Node, longest: int) -> int:
    """The fewer ones: strides leave fewer places behind a layer than before it, transposed convolutions begin with
    fewer. A recurrent layer goes through all times of its input, however many it puts out.
    """
    before, after = (math.prod(_inner(shape, node, longest)) for shape in (node.input_shapes[0], node.output_shape))
    return before if _is_recurrent(node) else min(before, after)


def _inner(shape: tuple[int | None, ...], node: Node, longest: int) -> list[int]:
    """The axes between that of the examples and that of the units."""
    inner = shape[2:] if node.config.get("data_format") == "channels_first" else shape[1:-1]
    return [longest if size is None else size for size in inner]


def _size(node: Node, longest: int) -> int:
    return math.prod(longest if size is None else size for size in node.output_shape[1:])


def _turns(node: Node, longest: int) -> int:
    """Times of an input."""
    if not _is_recurrent(node) or not node.input_shapes or len(node.input_shapes[0]) < 3:
        return 0
    time = node.input_shapes[0][1]
    return longest if time is None else time


def _is_recurrent(node: Node) -> bool:
    return node.type.startswith(_RECURRENT)
