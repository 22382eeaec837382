"""A bias that begins so far out that its sigmoid, tanh or softmax is shut from the start."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.graph import dense_or_convolution, graph_of
from nbdebug.records.case import Case, Node

_BOUNDED = ("sigmoid", "hard_sigmoid", "tanh", "softsign", "hard_tanh")


def judge(case: Case, *, far: float = 9.2) -> Iterator[Found]:
    """Of a network that has not been trained: half of the units of a layer, or more, have a bias of `far` or more in
    size, the logit of one in ten thousand, where a sigmoid has lost all but a ten-thousandth of its slope; under a
    softmax, one unit is that far above another. A head may begin at the logarithm of the odds of its labels, if these
    are that rare, and gates of recurrent layers and highways begin at 1 to 3.
    """
    if not case.untouched:
        raise Unfit("the network has been trained, so how its biases began is not known")
    for node in graph_of(case):
        bias = case.weights(node.name).get("bias") if dense_or_convolution(node) and node.trainable else None
        if bias is None or not np.isfinite(bias).all():
            continue
        out = _out(case, node, bias)
        if out is not None and out >= far:
            yield Found(
                why=f"The bias of {node.name} begins at {_largest(bias):g}: its {_bound(case, node)} is shut for every "
                "example, and lets hardly any gradient through.",
                fix='bias_initializer="zeros"  # for a rare class the logarithm of its odds, log(share / (1 - share))',
                layer=node.name,
                measured=out,
                threshold=far,
                measured_in="size of the bias",
            )


def _out(case: Case, node: Node, bias: np.ndarray) -> float | None:
    """How far out half of the biases are, or one of a softmax above another; None where nothing bounds them."""
    bound = _bound(case, node)
    if bound == "softmax":
        return float(np.ptp(bias)) - _rarity(case, node)
    if bound in _BOUNDED:
        return float(np.median(np.abs(bias))) - _rarity(case, node)
    return None


def _bound(case: Case, node: Node) -> str | None:
    """What bounds the values: the layer's own activation, or that which its loss puts on logits."""
    if node.activation not in (None, "linear"):
        return node.activation
    end = next((end for end in case.ends if end.node == node.name and end.direct and end.loss), None)
    if end is None or end.loss is None or not end.loss.from_logits:
        return None
    return "sigmoid" if end.loss.kind == "binary" else "softmax"


def _rarity(case: Case, node: Node) -> float:
    """The logit of the rarest class of a head, which its bias may rightly begin at; 0 elsewhere."""
    end = next((end for end in case.ends if end.node == node.name), None)
    labels = case.targets.get(end.name) if end is not None else None
    if labels is None or labels.dtype.kind not in "fiub" or not labels.size:
        return 0.0
    counts = np.unique(labels, return_counts=True)[1]
    return float(np.log(labels.size / counts.min())) if len(counts) <= max(2, end.units if end else 0) else 0.0


def _largest(bias: np.ndarray) -> float:
    return float(bias.flat[np.abs(bias).argmax()])


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks: init well, the final layer's bias; Glorot and Bengio "
    "2010, saturation",
    rank=5,
    explains=("outputs_all_equal", "loss_at_start", "dynamics"),
    program="own_bias_of_thirty",
)
