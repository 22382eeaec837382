"""A training step of the user's own code: what it may change on a copy, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np

from nbdebug.errors import NbdebugError

_READING = ("ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VarIsInitializedOp", "VariableShape")


def has_own_step(model: Any) -> bool:
    """Whether a class of the user's own says how the model trains."""
    return type(model).train_step is not keras.Model.train_step


def refuse_strangers(copy: Any, concrete: Any) -> None:
    """See that a compiled step of `copy` changes nothing else.

    Raises:
        NbdebugError: it would change variables that are not the copy's.
    """
    own = {id(variable.value) for variable in _variables(copy)}
    strangers = {id(v.handle) for v in concrete.variables if id(v) not in own}
    outer = concrete.captured_inputs
    captured = zip(outer, concrete.inputs[len(concrete.inputs) - len(outer) :], strict=True)
    inside = {inner.name for handle, inner in captured if id(handle) in strangers}
    for op in concrete.graph.get_operations():
        if op.type not in _READING and any(tensor.name in inside for tensor in op.inputs):
            raise NbdebugError(
                "The training step changes variables that are not the model's own.",
                got=f"{type(copy).__name__}.train_step",
                fix="make what it changes an attribute of the model",
            )


def loss_of_step(copy: Any, step: Callable[[], Any]) -> float:
    """The loss that a step of `copy` reports; the copy is as before.

    Raises:
        NbdebugError: it reports none.
    """
    kept = [(variable, np.array(variable)) for variable in _variables(copy)]
    try:
        copy.reset_metrics()
        return _reported(step())
    finally:
        for variable, value in kept:
            variable.assign(value)


def _variables(copy: Any) -> list[Any]:
    """All that a step of the copy may change: weights, random states, metrics, the optimizer's slots."""
    known = {id(v): v for v in (*copy.variables, *copy.optimizer.variables)}
    known |= {id(v): v for metric in copy.metrics for v in metric.variables}
    return list(known.values())


def _reported(logs: Any) -> float:
    found = logs.get("loss") if isinstance(logs, Mapping) else None
    if found is None:
        raise NbdebugError(
            "The training step reports no loss.", got=f"{logs!r:.80}", fix='return {"loss": loss} from train_step'
        )
    return float(np.mean(found))
