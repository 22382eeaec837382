"""The network puts out the same for every example."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.records.case import Case, End
from nbdebug.records.finding import Cause


def judge(case: Case, *, spread: float = 1e-6, examples: int = 8) -> Iterator[Found]:
    """Predictions of at least `examples` different examples differ by less than `spread` of their size, the rounding of
    float32. A head that begins with zero weights is healthy: its outputs are equal, but its gradient is not 0.
    """
    for end in case.ends:
        n = len(end.values)
        if n < examples or not end.values.size or not np.isfinite(end.values).all() or not _different(case, n):
            continue
        size = float(np.abs(end.values).max())
        apart = float(np.ptp(end.values, axis=0).max())
        one = end.units == 1 and end.activation == "softmax"  # which the contract checks tell
        if one or apart > spread * max(size, 1e-30) or _zero_head(case, end):
            continue
        cause, reason, fix = _reason(end)
        yield Found(
            why=f"{end.name} is the same for the first {n} examples, though they differ: {reason}.",
            fix=fix,
            cause=cause,
            output=end.name,
            layer=end.node,
            measured=apart,
            threshold=spread * size,
            measured_in="largest difference between two predictions",
        )


def _different(case: Case, n: int) -> bool:
    return any(len(v) >= n and bool((v[:n] != v[:1]).any()) for v in case.inputs.values())


def _zero_head(case: Case, end: End) -> bool:
    """Whether the last layer begins at zero; so does one whose weights are not known."""
    kernel = case.weights(end.node or "").get("kernel")
    return kernel is None or not kernel.any()


def _reason(end: End) -> tuple[Cause, str, str]:
    values = end.values
    if end.activation in ("relu", "relu6") and not values.any():
        return "output_activation", "its ReLU is 0 and lets no gradient through", 'activation="softplus"  # or none'
    if end.activation in ("sigmoid", "softmax", "tanh") and np.all(
        np.minimum(np.abs(values), np.abs(1 - values)) < 1e-6
    ):
        return "input_scaling", f"its {end.activation} is at its limit", "# standardise the inputs"
    return (
        "initialization",
        "what comes before it has lost them",
        "# make the model anew with Keras' default initialisers",
    )


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="warning",
    source="Karpathy 2019, A recipe for training neural networks: an input-independent baseline",
    rank=10,
    explains=("loss_at_start",),
)
