"""Whether a network is as it was initialised."""

from __future__ import annotations

import numpy as np

from nbdebug.records.case import Case


def untouched(case: Case) -> bool:
    """Whether the weights are as they were initialised: no step was made, nothing is frozen, no bias has moved."""
    if case.training.done:
        return False
    return not any(node.n_parameters and (not node.trainable or _moved(case, node.name)) for node in case.nodes)


def _moved(case: Case, name: str) -> bool:
    node = case.node(name)
    given = node.config.get("bias_initializer") if node is not None else None
    if not isinstance(given, dict) or given.get("class_name") != "Zeros" or node is None or node.type in ("LSTM",):
        return False
    bias = case.weights(name).get("bias")
    return bias is not None and bool(np.any(bias))
