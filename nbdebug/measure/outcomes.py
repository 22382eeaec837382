"""Right or wrong, and which way."""

import numpy as np
import pandas as pd
from jaxtyping import Float, Num

from nbdebug.errors import unknown_name
from nbdebug.records.ports import OutputKind

THRESHOLD = 0.5
"""The share from which on a binary output predicts 1, unless another is asked for.

A label that is itself a share (a mean over time) counts as 1 from here on, whatever threshold predictions have.
"""

BINARY = ("true_positive", "false_positive", "true_negative", "false_negative")

OUTCOMES: dict[OutputKind, tuple[str, ...]] = {
    "binary": (*BINARY, "correct", "wrong"),
    "multiclass": ("correct", "wrong"),
    "regression": (),
}


def binary_outcomes(
    label: Num[np.ndarray, "example"], prediction: Float[np.ndarray, "example"], threshold: float = THRESHOLD
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Which of the four outcomes each example is; None where label or prediction is missing.

    Args:
        label: 0, 1 or a share.
        prediction: share of label 1.
        threshold: the share from which on 1 is predicted.
    """
    names = np.array(BINARY, dtype=object)
    is_positive, is_called = label >= THRESHOLD, prediction >= threshold
    outcome = names[np.where(is_called, np.where(is_positive, 0, 1), np.where(is_positive, 3, 2))]
    outcome[np.isnan(label) | np.isnan(prediction)] = None
    return outcome


def class_outcomes(
    label: Num[np.ndarray, "example"], prediction: Num[np.ndarray, "example"]
) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Correct or wrong for each example; None where the label (or the prediction) is missing."""
    outcome = np.where(label == prediction, "correct", "wrong").astype(object)
    outcome[np.isnan(label) | np.isnan(prediction)] = None
    return outcome


def with_threshold(table: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """The table of a binary output with the outcomes that this threshold makes of its predictions."""
    label, prediction = (table[name].to_numpy(dtype=np.float64) for name in ("label", "prediction"))
    return table.assign(outcome=binary_outcomes(label, prediction, threshold))


def check_outcome(outcome: str, kind: OutputKind) -> None:
    """Complain about an outcome that this kind of output does not have.

    Raises:
        NbdebugError: the outcome is unknown; the message lists those there are.
    """
    known = (*OUTCOMES[kind], "loss", *(("residual",) if kind == "regression" else ()))
    if outcome not in known:
        raise unknown_name(f"outcome of a {kind} output", outcome, known)
