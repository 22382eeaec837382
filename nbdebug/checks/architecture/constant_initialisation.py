"""All units of a hidden layer begin the same: they are one unit, or none that can ever learn."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import SQUASHES, Graph, dense_or_convolution, graph_of, straight
from nbdebug.records.case import Case, Node

_FLAT_AT_ZERO = ("relu", "relu6")
_SPECIAL = ("Depthwise", "Separable", "TimeDistributed")


def judge(case: Case) -> Iterator[Found]:
    """The kernel as it is now. Zeros under an activation with a slope at 0 learn as soon as the layer after them is
    random (heads and residual branches are often begun so); zeros under a rectifier have no gradient at all.
    """
    graph = graph_of(case)
    for node in graph:
        kernel = _kernel(case, node)
        if kernel is None or not _all_the_same(case, node, kernel) or not _hidden(graph, node):
            continue
        zero = not kernel.any() and not _bias(case, node)
        if zero and not _flat(graph, node) and not _constant_after(case, graph, node):
            continue
        value = float(kernel.flat[0])
        what = f"all {value:g}" if np.all(kernel == value) else "the same in every unit"
        yield Found(
            why=f"The weights of {node.name} are {what}: "
            + (
                "it puts out 0 and no gradient passes."
                if zero
                else f"its {kernel.shape[-1]} units are one and the same."
            ),
            fix=f'kernel_initializer="glorot_uniform"  # in {node.name}, and make the model anew',
            layer=node.name,
            measured=float(np.ptp(kernel, axis=-1).max()),
            threshold=0.0,
            measured_in="largest difference of a weight between units",
        )


def _kernel(case: Case, node: Node) -> np.ndarray | None:
    if not dense_or_convolution(node) or node.type.startswith(_SPECIAL) or not node.trainable:
        return None
    kernel = case.weights(node.name).get("kernel")
    # An EinsumDense has its units along several axes; a transposed convolution has them last but one.
    return kernel if kernel is not None and node.type != "EinsumDense" and "Transpose" not in node.type else None


def _all_the_same(case: Case, node: Node, kernel: np.ndarray) -> bool:
    bias = case.weights(node.name).get("bias")
    return kernel.shape[-1] > 1 and not np.ptp(kernel, axis=-1).any() and (bias is None or not np.ptp(bias))


def _bias(case: Case, node: Node) -> bool:
    bias = case.weights(node.name).get("bias")
    return bias is not None and bool(np.any(bias > 0))


def _hidden(graph: Graph, node: Node) -> bool:
    """Whether other layers with weights come after it."""
    waiting, seen = list(graph.after.get(node.name, ())), set()
    while waiting:
        following = waiting.pop()
        if following.n_parameters > 0 and following.type != "BatchNormalization":
            return True
        if following.name not in seen:
            seen.add(following.name)
            waiting += graph.after.get(following.name, ())
    return False


def _flat(graph: Graph, node: Node) -> bool:
    if node.activation in _FLAT_AT_ZERO:
        return True
    following = graph.next(node) if node.activation in (None, "linear") else None
    while following is not None and straight(following):
        following = graph.next(following)
    return following is not None and following.type in SQUASHES and following.activation in _FLAT_AT_ZERO


def _constant_after(case: Case, graph: Graph, node: Node) -> bool:
    following = graph.next(node)
    while following is not None and (straight(following) or following.type in SQUASHES):
        following = graph.next(following)
    kernel = _kernel(case, following) if following is not None else None
    return kernel is not None and following is not None and not np.ptp(kernel)


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 8.4: initial parameters need to break symmetry between units",
    rank=2,
    explains=("initialisation", "dynamics"),
    program="dc_m1",
)
