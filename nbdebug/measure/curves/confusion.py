"""Which classes are taken for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Num
from sklearn.metrics import confusion_matrix

from nbdebug.measure.curves.counted import counted
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.curves import Confusion

MOST_CLASSES = 40
"""More cannot be told apart in a sidebar."""


def binary_confusion(
    label: Num[np.ndarray, "example"],
    score: Float[np.ndarray, "example"],
    threshold: float = THRESHOLD,
    weights: Num[np.ndarray, "example"] | None = None,
) -> Confusion:
    """Labels against predictions of a binary output at a threshold.

    Args:
        label: 0, 1 or a share; NaN is missing.
        score: predicted share of label 1.
        threshold: the share from which on 1 is predicted.
        weights: of the examples; None for equal ones.

    Raises:
        NbdebugError: there is nothing to draw.
    """
    true, predicted, w = counted(label, score, weights)
    return confusion((true >= THRESHOLD) * 1.0, (predicted >= threshold) * 1.0, ("0", "1"), w)


def confusion(
    label: Num[np.ndarray, "example"],
    prediction: Num[np.ndarray, "example"],
    classes: Sequence[str],
    weights: Num[np.ndarray, "example"] | None = None,
) -> Confusion:
    """Labels against predictions of a multi-class output.

    Args:
        label: number of the class; NaN is missing.
        prediction: number of the predicted class.
        classes: their names; of more than 40, those with most mistakes are shown and the others are one.
        weights: of the examples; None for equal ones.

    Raises:
        NbdebugError: there is nothing to draw.
    """
    true, predicted, w = counted(label, prediction, weights)
    numbers = range(len(classes))
    found = confusion_matrix(true.astype(np.int64), predicted.astype(np.int64), labels=numbers, sample_weight=w)
    shown, names, note = found.astype(np.float64), tuple(classes), ""
    if len(classes) > MOST_CLASSES:
        shown, names, note = _folded(shown, names)
    return Confusion(names, shown, len(true), note)


def _folded(
    counts: Float[np.ndarray, "label prediction"], names: tuple[str, ...]
) -> tuple[Float[np.ndarray, "shown shown"], tuple[str, ...], str]:
    mistakes = counts.sum(axis=0) + counts.sum(axis=1) - 2 * np.diag(counts)
    kept = np.sort(np.argsort(-mistakes, kind="stable")[: MOST_CLASSES - 1])
    place = np.full(len(names), len(kept))
    place[kept] = np.arange(len(kept))
    folding = np.eye(len(kept) + 1)[place]
    together = len(names) - len(kept)
    note = f"the {together:,} classes with fewest mistakes are shown as one"
    return folding.T @ counts @ folding, (*(names[i] for i in kept), f"{together:,} others"), note
