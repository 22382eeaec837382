"""The one set of bin edges of every histogram of activations, so that any two can be added or compared."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int, Num

_DECADES = (-6, 6)
_PER_DECADE = 4

_magnitudes = np.logspace(*_DECADES, (_DECADES[1] - _DECADES[0]) * _PER_DECADE + 1).astype(np.float32)
EDGES: Float[np.ndarray, " edge"] = np.concatenate([-_magnitudes[::-1], _magnitudes]).astype(np.float64)
"""Signed-log edges from -1e6 to 1e6, four a decade, with one bin around zero; exact in float32 too."""
N_BINS = len(EDGES) - 1


def bins(values: Num[np.ndarray, "*axes"]) -> Int[np.ndarray, "*axes"]:
    """Index of the bin of each value; values beyond the edges fall into the outermost bins."""
    return np.clip(np.searchsorted(EDGES, values, side="right") - 1, 0, N_BINS - 1)
