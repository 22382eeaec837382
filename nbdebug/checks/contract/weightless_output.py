"""An output whose loss is multiplied by zero: nothing teaches it."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case


def judge(case: Case) -> Iterator[Found]:
    """A head with labels, a loss, and trainable weights in its last layer."""
    graph = graph_of(case)
    for end in case.ends:
        head = graph.nodes.get(end.node or "")
        taught = end.loss is not None and end.labels.kind != "none"
        if end.loss is None or not taught or end.loss.weight != 0 or head is None:
            continue
        if head.n_parameters and head.trainable:
            yield Found(
                why=f"The loss of output {end.name} has a weight of 0 in compile: "
                f"its layer {head.name} is never taught.",
                fix=f'model.compile(..., loss_weights={{"{end.name}": 1.0}})  # and the others',
                output=end.name,
                layer=end.node,
                measured=0.0,
                measured_in="weight of the loss",
            )


CHECK = Check(
    judge=judge,
    cause="loss",
    severity="warning",
    source="Keras documentation of Model.compile, loss_weights",
    rank=60,
)
