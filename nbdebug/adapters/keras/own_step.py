"""A training step of the user's own code, run on a copy and handed data as `fit` hands it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.errors import NbdebugError

_READING = ("ReadVariableOp", "ResourceGather", "ResourceGatherNd", "VarIsInitializedOp", "VariableShape")


def has_own_step(model: Any) -> bool:
    """Whether a class of the user's own says how the model trains."""
    return type(model).train_step is not keras.Model.train_step


class OwnStep:
    """The compiled `train_step` of a copy.

    Args:
        copy: built and compiled; nothing else may be trained by its step.
    """

    def __init__(self, copy: Any) -> None:
        self._copy = copy
        # Keras does not convert a step by autograph, so what this one may hold is the same here.
        self._function = tf.function(copy.train_step, reduce_retracing=True, autograph=False)
        self._known: set[int] = set()
        self._looked_at: set[int] = set()

    def __call__(self, x: Any, y: Any) -> Any:
        """Make one step and return what it reports.

        Raises:
            NbdebugError: it would change variables that are not the copy's.
        """
        data = keras.utils.pack_x_y_sample_weight(*keras.tree.map_structure(_tensor, (x, y)))
        concrete = self._function.get_concrete_function(data)
        if id(concrete) not in self._looked_at:
            self._refuse_strangers(concrete)
            self._looked_at.add(id(concrete))
        return self._function(data)

    def loss(self, x: Any, y: Any) -> float:
        """The loss that a step on these examples reports; the copy is as before.

        Raises:
            NbdebugError: it reports none.
        """
        kept = [(variable, np.array(variable)) for variable in _variables(self._copy)]
        try:
            self._copy.reset_metrics()
            return _reported(self(x, y))
        finally:
            for variable, value in kept:
                variable.assign(value)

    def _refuse_strangers(self, concrete: Any) -> None:
        own = {id(variable.value) for variable in _variables(self._copy)}
        strangers = {id(v.handle) for v in concrete.variables if id(v) not in own}
        outer = concrete.captured_inputs
        captured = zip(outer, concrete.inputs[len(concrete.inputs) - len(outer) :], strict=True)
        inside = {inner.name for handle, inner in captured if id(handle) in strangers}
        for op in concrete.graph.get_operations():
            if op.type not in _READING and any(tensor.name in inside for tensor in op.inputs):
                raise NbdebugError(
                    "The training step changes variables that are not the model's own.",
                    got=f"{type(self._copy).__name__}.train_step",
                    fix="make what it changes an attribute of the model",
                )


def _variables(copy: Any) -> list[Any]:
    """All that a step of the copy may change: weights, random states, metrics, the optimizer's slots."""
    known = {id(v): v for v in (*copy.variables, *copy.optimizer.variables)}
    known |= {id(v): v for metric in copy.metrics for v in metric.variables}
    return list(known.values())


def _tensor(array: Any) -> Any:
    """As `fit` converts it: floats have Keras' own size."""
    if array is None:
        return None
    floats = np.asarray(array).dtype.kind == "f"
    return tf.convert_to_tensor(array, keras.config.floatx() if floats else None)


def _reported(logs: Any) -> float:
    found = logs.get("loss") if isinstance(logs, Mapping) else None
    if found is None:
        raise NbdebugError(
            "The training step reports no loss.", got=f"{logs!r:.80}", fix='return {"loss": loss} from train_step'
        )
    return float(np.mean(found))
