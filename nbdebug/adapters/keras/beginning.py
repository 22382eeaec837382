"""How the weights of a network began, noted before it is trained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from nbdebug.records.case import Node

Weights = Callable[[str], Mapping[str, np.ndarray]]


def began(nodes: Sequence[Node], weights: Weights, done: int) -> dict[str, float] | None:
    """The standard deviation of each kernel; None where a step was made, a layer is frozen, or a bias has moved.

    Args:
        nodes: of the network.
        weights: node name -> weights of its layer by their names.
        done: updates that the optimizer has made.
    """
    if done or any(node.n_parameters and not node.trainable for node in nodes):
        return None
    spreads: dict[str, float] = {}
    for node in nodes:
        found = weights(node.name) if node.n_parameters else {}
        if _has_moved(node, found.get("bias")):
            return None
        kernel = found.get("kernel")
        if kernel is not None and kernel.size:
            spreads[node.name] = float(kernel.std(dtype=np.float64))
    return spreads


def _has_moved(node: Node, bias: np.ndarray | None) -> bool:
    given = node.config.get("bias_initializer")
    if bias is None or not isinstance(given, dict) or given.get("class_name") != "Zeros" or node.type == "LSTM":
        return False
    return bool(np.any(bias))
