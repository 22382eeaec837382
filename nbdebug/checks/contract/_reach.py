"""Which values a head can put out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from nbdebug.records.case import Case, End, Node

INFINITE = float("inf")
RANGES: dict[str, tuple[float, float]] = {
    "sigmoid": (0, 1),
    "hard_sigmoid": (0, 1),
    "sparse_sigmoid": (0, 1),
    "softmax": (0, 1),
    "sparsemax": (0, 1),
    "tanh": (-1, 1),
    "hard_tanh": (-1, 1),
    "softsign": (-1, 1),
    "relu": (0, INFINITE),
    "relu6": (0, 6),
    "softplus": (0, INFINITE),
    "squareplus": (0, INFINITE),
    "sparse_plus": (0, INFINITE),
    "exponential": (0, INFINITE),
    "elu": (-1, INFINITE),
    "celu": (-1, INFINITE),
    "selu": (-1.7582, INFINITE),
    "gelu": (-0.171, INFINITE),
    "silu": (-0.2785, INFINITE),
    "swish": (-0.2785, INFINITE),
    "mish": (-0.309, INFINITE),
    "hard_silu": (-0.376, INFINITE),
    "hard_swish": (-0.376, INFINITE),
    "leaky_relu": (-INFINITE, INFINITE),
    "prelu": (-INFINITE, INFINITE),
    "log_softmax": (-INFINITE, 0),
    "log_sigmoid": (-INFINITE, 0),
    "linear": (-INFINITE, INFINITE),
}
RECTIFIED: tuple[str, ...] = (
    *("relu", "relu6", "leaky_relu", "prelu", "elu", "celu", "selu", "gelu", "mish"),
    *("silu", "swish", "hard_silu", "hard_swish", "softplus", "squareplus", "sparse_plus", "exponential"),
)
TWO_SIDED = ("tanh", "hard_tanh", "softsign")
ONE_EACH = ("sigmoid", "hard_sigmoid", "sparse_sigmoid")
_PLAIN = ("Dense", "EinsumDense", "BatchNormalization", "LayerNormalization", "LSTM", "GRU", "SimpleRNN", "ConvLSTM2D")
_KINDS, _ENDINGS = ("", "Separable", "Depthwise"), ("", "Transpose")
_CONVOLUTIONS = tuple(f"{k}Conv{d}D{e}" for k in _KINDS for d in (1, 2, 3) for e in _ENDINGS)
_SLACK = 1e-3
_KEEPS_ORDER = (
    "Flatten",
    "Reshape",
    "Permute",
    "Dropout",
    "GlobalAveragePooling1D",
    "GlobalAveragePooling2D",
    "GlobalAveragePooling3D",
    "GlobalMaxPooling1D",
    "GlobalMaxPooling2D",
    "GlobalMaxPooling3D",
)


def certain(case: Case, end: End) -> bool:
    """Whether `end.activation` surely is the last thing that happens: a layer of the user's own may do more."""
    node = case.node(end.node)
    if not end.certain or node is None or end.activation not in RANGES:
        return False
    if end.activation == "linear" and not _plain(node):
        return False
    if node.type == "Bidirectional" and node.config.get("merge_mode") not in (None, "concat", "ave"):
        return False
    low, high = RANGES[end.activation]
    values = finite(end)
    return bool(np.all((values >= low - _SLACK) & (values <= high + _SLACK)))


def activation_of(case: Case, end: End) -> str | None:
    """The activation of a head whose last operation is certain, None else.

    A ReLU with a slope below zero is a leaky one, an ELU is its own only with alpha 1.
    """
    if not certain(case, end):
        return None
    node = case.node(end.node)
    config: Mapping[str, object] = node.config if node is not None else {}
    if config.get("negative_slope") and end.activation == "relu":
        return "leaky_relu"
    return "leaky_relu" if end.activation == "elu" and config.get("alpha", 1.0) != 1.0 else end.activation


def finite(end: End) -> np.ndarray:
    """The predictions of the first examples that are numbers, flat."""
    values = np.asarray(end.values, np.float64).reshape(-1)
    return values[np.isfinite(values)]


def leaves_zero_one(end: End, slack: float = _SLACK) -> bool:
    """Whether a prediction of the first examples is below 0 or above 1."""
    values = finite(end)
    return bool(np.any((values < -slack) | (values > 1 + slack)))


def sums_to_one(end: End, slack: float = 1e-2) -> bool:
    """Whether the units of the first predictions share 1 among them, in every row."""
    rows = np.asarray(end.values, np.float64).reshape(-1, end.units)
    rows = rows[np.isfinite(rows).all(axis=1)]
    return len(rows) > 0 and not leaves_zero_one(end) and bool(np.all(np.abs(rows.sum(axis=1) - 1) <= slack))


def feeding(case: Case, end: End) -> tuple[Node | None, bool]:
    """The layer with an activation that a squashing layer without weights takes its values from.

    Returns:
        The node, None where the squashing is part of a layer with weights or nothing is known; and whether nothing
        averages or reorders its values in between.
    """
    node, direct = _squashing(case, end), True
    if node is None or node.n_parameters > 0:
        return None, True
    while (before := _only(case, node)) is not None:
        node = before
        if node.activation not in (None, "linear"):
            return node, direct
        if node.n_parameters > 0 or node.type not in _KEEPS_ORDER:
            return None, direct
        direct = direct and not node.type.startswith("Global")
    return None, direct


def _squashing(case: Case, end: End) -> Node | None:
    """The layer that puts the values through `end.activation`; behind it there may be a cast."""
    node = case.node(end.node) if end.certain else None
    while node is not None and node.activation != end.activation:
        node = _only(case, node) if node.activation in (None, "linear") and not node.n_parameters else None
    return node


def _only(case: Case, node: Node) -> Node | None:
    before = case.before(node)
    return before[0] if node.direct and len(before) == 1 and len(node.sources) == 1 else None


def _plain(node: Node) -> bool:
    inner = node.config.get("layer")
    if node.type in ("TimeDistributed", "Bidirectional") and isinstance(inner, Mapping):
        return _built_in(str(inner.get("class_name")))
    return _built_in(node.type) and node.n_parameters > 0


def _built_in(name: str) -> bool:
    return name in _PLAIN or name in _CONVOLUTIONS
