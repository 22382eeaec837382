"""How predictions of a number miss."""

from __future__ import annotations

import numpy as np
from jaxtyping import Num

from nbdebug.measure.curves.counted import counted, equal_count_bins
from nbdebug.measure.intervals import mean_interval
from nbdebug.records.curves import Residuals

BARS, BINS = 60, 20
_QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def residuals(
    label: Num[np.ndarray, "example"],
    prediction: Num[np.ndarray, "example"],
    weights: Num[np.ndarray, "example"] | None = None,
) -> Residuals:
    """Bias, spread, histogram, and how residuals are spread over predictions.

    Args:
        label: NaN is missing.
        prediction: of the same unit.
        weights: of the examples; None for equal ones.

    Raises:
        NbdebugError: there is nothing to draw.
    """
    true, predicted, w = counted(label, prediction, weights)
    missed = predicted - true
    mean, low, high = mean_interval(missed, w)
    counts, edges = np.histogram(missed, bins=BARS, weights=w)
    of = equal_count_bins(predicted, BINS)
    bins = [of == i for i in range(of.max() + 1)]
    quantiles = [np.quantile(missed[b], _QUANTILES, weights=w[b], method="inverted_cdf") for b in bins]
    return Residuals(
        mean,
        low,
        high,
        float(np.sqrt(np.average((missed - mean) ** 2, weights=w))),
        edges.astype(np.float64),
        counts.astype(np.float64),
        np.bincount(of, w * predicted) / np.bincount(of, w),
        np.array(quantiles),
        np.array([missed[b].min() for b in bins]),
        np.array([missed[b].max() for b in bins]),
        len(missed),
    )
