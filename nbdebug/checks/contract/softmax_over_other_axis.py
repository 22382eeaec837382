"""Shares that sum to 1 over another axis than the one the loss takes the classes from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.contract._ends import judged
from nbdebug.records.case import Case


def judge(case: Case, *, slack: float = 1e-3) -> Iterator[Found]:
    """Predictions sum to 1 within `slack`, the rounding of float16, over an axis that is not the last, and not over the
    last.
    """
    for end, loss in judged(case, "categorical", "sparse"):
        values = end.values.astype(np.float64)
        if loss.from_logits or end.units < 2 or values.ndim < 2 or values.min() < 0 or _sums(values, -1, slack):
            continue
        axis = next((a for a in range(values.ndim - 1) if values.shape[a] > 1 and _sums(values, a, slack)), None)
        if axis is None:
            continue
        over = "the examples of a batch" if axis == 0 else f"axis {axis} ({values.shape[axis]:,} values)"
        yield Found(
            why=f"The shares of output {end.name} sum to 1 over {over}, and {loss.name} takes the classes from the "
            f"last axis ({end.units} values), where they sum to {_range(values)}.",
            fix="keras.layers.Softmax(axis=-1)",
            output=end.name,
            layer=end.node,
            measured=float(np.abs(values.sum(axis=-1) - 1).max()),
            threshold=slack,
            measured_in="how far the shares of the classes are from a sum of 1",
        )


def _sums(values: np.ndarray, axis: int, slack: float) -> bool:
    return bool(np.allclose(values.sum(axis=axis), 1.0, atol=slack))


def _range(values: np.ndarray) -> str:
    sums = values.sum(axis=-1)
    return f"{sums.min():.2g} to {sums.max():.2g}"


CHECK = Check(
    judge=judge,
    cause="output_activation",
    severity="error",
    source="Goodfellow et al. 2016, Deep Learning, 6.2.2.3: the shares of the classes of one example sum to 1",
    rank=19,
    explains=("initialisation", "dynamics"),
)
