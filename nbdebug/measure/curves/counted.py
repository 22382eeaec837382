"""Which examples a picture shows."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Num

from nbdebug.errors import NbdebugError

Counted = tuple[Float[np.ndarray, "kept"], Float[np.ndarray, "kept"], Float[np.ndarray, "kept"]]


def counted(
    label: Num[np.ndarray, "example"],
    prediction: Num[np.ndarray, "example"],
    weights: Num[np.ndarray, "example"] | None,
) -> Counted:
    """Label, prediction and weight of the examples that have all three.

    Raises:
        NbdebugError: there is none.
    """
    weights = np.ones(len(label)) if weights is None else weights.astype(np.float64)
    kept = ~np.isnan(label) & np.isfinite(prediction) & (weights > 0)
    if not kept.any():
        raise NbdebugError(
            "There is nothing to draw.",
            got=f"{len(label):,} examples, none with a label, a finite prediction and a weight",
            fix="hand over y: nbdebug.debug(model, x, y)",
        )
    return label[kept].astype(np.float64), prediction[kept].astype(np.float64), weights[kept]


def equal_count_bins(values: Float[np.ndarray, "kept"], most: int) -> np.ndarray:
    """Number of the bin of each value, 0 for the lowest; equal values share a bin, no bin is empty."""
    inner = np.quantile(values, np.arange(1, most) / most)
    return np.unique(np.searchsorted(np.unique(inner), values, side="right"), return_inverse=True)[1]
