"""A recurrent layer without bounds whose state grows from step to step of time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.graph import RECURRENT, graph_of
from nbdebug.records.case import Case

_BOUNDED = ("tanh", "sigmoid", "hard_sigmoid", "softsign", "hard_tanh", "softmax")


def judge(case: Case, *, growth: float = 1000.0) -> Iterator[Found]:
    """Of a network that has not been trained: a recurrent layer with an unbounded activation puts out numbers `growth`
    times as large as the largest that goes into the network. Added up over hundreds of times, as an identity recurrence
    does, inputs grow a hundredfold; multiplied from time to time they know no end.
    """
    if not case.untouched:
        raise Unfit("the network has been trained before")
    suspects = [
        n for n in graph_of(case) if n.type in RECURRENT and n.trainable and n.activation not in (*_BOUNDED, None)
    ]
    if not suspects:
        return
    statistics, size = case.statistics(), _largest_input(case)
    for node in suspects:
        found = statistics.get(node.name)
        if found is None:
            continue
        reached = float(np.maximum(np.abs(found.minimum), np.abs(found.maximum)).max()) / size
        if found.not_finite.any() or reached >= growth:
            yield Found(
                why=f"The state of {node.name} grows from time to time: before any training it puts out numbers "
                f"{_times(reached)} as large as its inputs, since {node.activation} does not hold it in bounds.",
                fix=f'keras.layers.{node.type}(..., activation="tanh", recurrent_initializer="orthogonal")',
                layer=node.name,
                measured=reached,
                threshold=growth,
                measured_in="largest output over largest input",
            )
            return


def _largest_input(case: Case) -> float:
    sizes = [float(np.nanmax(np.abs(v[:1000]))) for v in case.inputs.values() if v.dtype.kind == "f" and v.size]
    return max([1.0, *sizes])


def _times(reached: float) -> str:
    return f"{reached:.0e} times" if np.isfinite(reached) else "infinitely"


CHECK = Check(
    judge=judge,
    cause="hidden_activation",
    severity="error",
    source="Pascanu et al. 2013, On the difficulty of training recurrent neural networks; Le et al. 2015, A simple way "
    "to initialize recurrent networks of rectified linear units",
    rank=4,
    explains=("unscaled_targets", "initialisation", "dynamics"),
    program="own_relu_recurrence",
    slow=True,
)
