"""A ReLU, or an activation like it, is the last: too low for negative labels, too high for shares."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import CROSS_ENTROPIES, examples_where, judged, values_of
from nbdebug.checks.contract._mend import Head, compile_code, head_code, layer_code, linear_code
from nbdebug.checks.contract._reach import RANGES, RECTIFIED, activation_of, feeding
from nbdebug.records.case import Case, End, Loss

_POSITIVE = ("softplus", "squareplus", "sparse_plus", "exponential")


def judge(case: Case, *, share: float = 0.01, slack: float = 0.01) -> Iterator[Found]:
    """
    Args:
        share: of labels below the lowest that the activation puts out; a few can be noise.
        slack: how far below they must be, as a share of the standard deviation of the labels.
    """
    for end, loss in judged(case):
        activation = activation_of(case, end)
        if activation in RECTIFIED:
            yield from _with_cross_entropy(end, loss, activation)
            if loss.kind in ("regression", "hinge"):
                yield from _for_negative_labels(case, end, RANGES[activation][0], share, slack)
        elif activation == "softmax" and loss.kind in CROSS_ENTROPIES:
            yield from _before_softmax(case, end, loss)


def _with_cross_entropy(end: End, loss: Loss, activation: str) -> Iterator[Found]:
    if loss.kind not in CROSS_ENTROPIES or (loss.from_logits and activation not in ("relu", "relu6")):
        return
    divided = loss.kind == "categorical" and activation in _POSITIVE
    yield Found(
        why=f"Output {end.name} ends in {activation}, "
        + (
            "which cuts off every logit below 0."
            if loss.from_logits
            else f"and {loss.name} asks for shares from 0 to 1."
        ),
        fix=f"Dense({end.units})  # the last layer: logits" if loss.from_logits else head_code(end),
        severity="warning" if divided else "error",
        output=end.name,
        layer=end.node,
    )


def _for_negative_labels(case: Case, end: End, low: float, share: float, slack: float) -> Iterator[Found]:
    if end.labels.minimum >= low:
        return
    found = float((values_of(case, end) < low - slack * end.labels.std).mean())
    if found > share:
        yield Found(
            why=f"{found:.0%} of the labels of output {end.name} are below {low:g}, where its last activation, "
            f"{end.activation}, ends.",
            fix=linear_code(end),
            severity="warning" if end.loss is not None and end.loss.kind == "hinge" else "error",
            output=end.name,
            layer=end.node,
            measured=found,
            threshold=share,
            measured_in="share of labels that cannot be reached",
            examples=examples_where(case, end, low, float("inf")),
        )


def _before_softmax(case: Case, end: End, loss: Loss) -> Iterator[Found]:
    node, direct = feeding(case, end)
    if node is None or node.activation not in ("relu", "relu6"):
        return
    yield Found(
        why=f"The logits of output {end.name} come out of a ReLU (layer {node.name}) before the softmax: no class can "
        "be told to be unlikely, and a unit that is 0 for every example learns nothing.",
        fix=f"{layer_code(Head('softmax', end.units, ''))}, without an activation before\n{compile_code(loss.name)}",
        severity="error" if direct else "warning",
        output=end.name,
        layer=node.name,
    )


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Goodfellow, Bengio, Courville 2016, Deep Learning, 6.2.2: output units follow from the distribution of the "
    "labels",
    rank=24,
    explains=("initialisation", "dynamics"),
)
