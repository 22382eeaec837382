"""Do shares mean what they say."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Num

from nbdebug.measure.curves.counted import counted, equal_count_bins
from nbdebug.measure.intervals import wilson
from nbdebug.records.curves import Calibration

BINS = 10


def calibration(
    label: Num[np.ndarray, "example"],
    score: Float[np.ndarray, "example"],
    weights: Num[np.ndarray, "example"] | None = None,
    bins: int = BINS,
) -> Calibration:
    """Share that came true by predicted share, in bins of equal count, with Wilson's intervals.

    Args:
        label: 0, 1 or a share; of a multi-class output, whether the predicted class is right. NaN is missing.
        score: predicted share; of a multi-class output, of the predicted class.
        weights: of the examples; None for equal ones.
        bins: how many at most; fewer where scores repeat.

    Raises:
        NbdebugError: there is nothing to draw.
    """
    true, predicted, w = counted(label, score, weights)
    of = equal_count_bins(predicted, bins)
    total = np.bincount(of, w)
    observed = np.clip(np.bincount(of, w * true) / total, 0.0, 1.0)
    numbers = total**2 / np.bincount(of, w**2)
    low, high = wilson(observed, numbers)
    return Calibration(np.bincount(of, w * predicted) / total, observed, low, high, np.bincount(of))
