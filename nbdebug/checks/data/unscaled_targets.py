"""Labels so far away that this fit cannot take the outputs there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._reach import reach
from nbdebug.checks.data._rows import examples, numeric
from nbdebug.checks.graph import Graph, graph_of, outputs, weighs
from nbdebug.checks.steps import farthest, known
from nbdebug.records.case import Case, End, Node

_UNBOUNDED = ("linear", "relu", "softplus", "leaky_relu", "elu", "selu")


def judge(case: Case, *, large: float = 10.0, jump: float = 10.0) -> Iterator[Found]:
    """Labels more than `large` (ten times what an untrained head puts out) away from the predictions, where either the
    steps of Adam and its like, all in the same direction, end short of them, or the first step of SGD under a squared
    error changes what hidden units take in by more than `jump` times its size, which kills or saturates them.
    """
    graph = graph_of(case)
    for end, head in outputs(case, graph):
        distance = _distance(end)
        if end.loss is None or end.loss.kind != "regression" or end.activation not in _UNBOUNDED or not weighs(head):
            continue
        if not end.certain or not distance > large:
            continue
        known(case.training)
        way = farthest(case.training)
        if way is None and end.loss.name == "mean_absolute_error":
            way = known(case.training)[0] * known(case.training)[1] / max(1e-3, 1 - case.training.momentum)
        found = _too_far(case, graph, end, head, distance, way) if way is not None else None
        if way is None and end.loss.name == "mean_squared_error":
            found = _too_sudden(case, graph, end, head, distance, jump)
        if found is not None:
            yield found


def _distance(end: End) -> float:
    values = end.values[np.isfinite(end.values)]
    return max(abs(end.labels.mean - float(values.mean())), end.labels.std) if len(values) else float("nan")


def _too_far(case: Case, graph: Graph, end: End, head: Node, distance: float, way: float) -> Found | None:
    able = reach(case, graph, head, way)
    if able >= distance:
        return None
    return Found(
        why=f"Labels of {end.name} lie about {distance:,.0f} away from what the network puts out; the "
        f"{case.training.updates:,} updates of this fit at a learning rate of {case.training.learning_rate:g} move it "
        f"by {able:,.0f} at most.",
        fix=_FIX,
        output=end.name,
        measured=distance,
        threshold=able,
        measured_in="distance of the labels from the predictions",
    )


def _too_sudden(case: Case, graph: Graph, end: End, head: Node, distance: float, jump: float) -> Found | None:
    hidden = [node for node in graph.ancestors(head) if weighs(node)]
    if not hidden:
        return None
    size = sum(float(np.nanmean((examples(v, 200_000) ** 2).sum(axis=1))) for v in numeric(case.inputs).values())
    units = head.input_shapes[0][-1] or 1
    step = 2 * known(case.training)[0] * distance * (1 + size) / units**0.5
    if step <= jump:
        return None
    return Found(
        why=f"Labels of {end.name} lie about {distance:,.0f} away from what the network puts out, so the first step of "
        f"{case.training.optimizer} changes what hidden units take in by about {step:,.0f} times its size.",
        fix=_FIX,
        output=end.name,
        measured=step,
        threshold=jump,
        measured_in="change of a hidden unit in the first step, in its own size",
    )


_FIX = "y = (y - y_train.mean(0)) / y_train.std(0)  # and undo it on predictions"

CHECK = Check(
    judge=judge,
    cause="target_scaling",
    severity="warning",
    source="Kingma and Ba 2015, Adam, 2.1: a step is at most about as large as the learning rate; LeCun et al. 1998",
    rank=12,
    explains=("target_scale", "budget", "loss_terms_scales"),
    program="dl_kaggle_melbourne_properties",
)
