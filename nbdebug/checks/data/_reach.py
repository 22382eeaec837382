"""How far training can move the outputs of a network."""

from __future__ import annotations

import numpy as np

from nbdebug.checks.data._rows import examples, numeric
from nbdebug.checks.graph import RECURRENT, Graph, weighs
from nbdebug.records.case import Case, Node

_BOUNDED = ("tanh", "sigmoid", "softmax", "hard_sigmoid", "softsign")


def reach(case: Case, graph: Graph, head: Node, way: float) -> float:
    """The farthest that an output can move where every weight and bias goes up to `way` in the same direction.

    Units begin at about 1 and half of them are active; each layer's units move with its weights and with the units
    before it. Bounded units stay at 1.
    """
    total = _size(case)
    for node in graph:
        if node in graph.ancestors(head) and weighs(node):
            bounded = node.activation in _BOUNDED or node.type in RECURRENT
            unit = 1.0 if bounded else 1 + way * (1 + total)
            total = (node.output_shape[-1] or 1) * unit / 2
    return way * (1 + total)


def _size(case: Case) -> float:
    sizes = [np.abs(examples(v, 200_000)).sum(axis=1) for v in numeric(case.inputs).values()]
    finite = [s[np.isfinite(s)] for s in sizes]
    return float(sum(s.mean() for s in finite if len(s)))
