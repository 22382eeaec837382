"""Curves over all thresholds of a binary output."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Num
from sklearn import metrics

from nbdebug.errors import NbdebugError
from nbdebug.measure.curves.counted import Counted, counted
from nbdebug.measure.curves.thin import thin
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.curves import PrecisionRecall, RocCurve


def roc_curve(
    label: Num[np.ndarray, "example"],
    score: Float[np.ndarray, "example"],
    weights: Num[np.ndarray, "example"] | None = None,
) -> RocCurve:
    """True over false positives, thinned to what 600 pixels can show.

    Args:
        label: 0, 1 or a share; NaN is missing.
        score: predicted share of label 1.
        weights: of the examples; None for equal ones.

    Raises:
        NbdebugError: nothing to draw, or one class only.
    """
    kept = counted(label, score, weights)
    positive = _positive(kept)
    if positive.all() or not positive.any():
        raise NbdebugError(
            "A ROC curve needs examples of both classes.",
            got=f"every label is {int(positive[0])}",
            fix="examples of the other class",
        )
    false, true, thresholds = metrics.roc_curve(positive, kept[1], sample_weight=kept[2])
    shown = thin(false, true)
    return RocCurve(false[shown], true[shown], thresholds[shown].astype(np.float64), len(positive))


def precision_recall(
    label: Num[np.ndarray, "example"],
    score: Float[np.ndarray, "example"],
    weights: Num[np.ndarray, "example"] | None = None,
) -> PrecisionRecall:
    """Precision over recall, thinned to what 600 pixels can show; arguments as for `roc_curve`.

    Raises:
        NbdebugError: nothing to draw, or no label is 1.
    """
    kept = counted(label, score, weights)
    positive = _positive(kept)
    if not positive.any():
        raise NbdebugError(
            "Precision over recall needs examples that are 1.", got="every label is 0", fix="examples of class 1"
        )
    precision, recall, thresholds = metrics.precision_recall_curve(positive, kept[1], sample_weight=kept[2])
    thresholds = np.append(thresholds.astype(np.float64), np.inf)
    shown, share = thin(recall, precision), float(np.average(positive, weights=kept[2]))
    return PrecisionRecall(recall[shown], precision[shown], thresholds[shown], share, len(positive))


def _positive(kept: Counted) -> np.ndarray:
    return kept[0] >= THRESHOLD
