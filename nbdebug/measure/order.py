"""Units that do the same, side by side."""

import numpy as np
from jaxtyping import Float, Int
from scipy.cluster import hierarchy

OPTIMAL_UNITS = 256
"""Up to this many units the leaves are also ordered so that neighbours are nearest, which costs their square."""

_POSITIONS = 512


def clustered_order(values: Float[np.ndarray, "*position unit"]) -> Int[np.ndarray, "unit"]:
    """Unit numbers in the order of a hierarchical clustering (average linkage of 1 - correlation over positions).

    Units without any spread have no correlation: they come last, in their own order. The same values give the same
    order. Long sequences are looked at in 512 evenly spread positions.

    Source: Bar-Joseph, Gifford and Jaakkola 2001, Fast optimal leaf ordering for hierarchical clustering.
    """
    flat = values.reshape(-1, values.shape[-1]).astype(np.float64)
    flat = flat[np.linspace(0, len(flat) - 1, min(len(flat), _POSITIONS)).astype(int)]
    flat = np.nan_to_num(flat, posinf=0.0, neginf=0.0)
    spread = flat.std(axis=0)
    moving = np.flatnonzero(spread > 1e-12 * max(1.0, float(np.abs(flat).max(initial=0))))
    still = np.setdiff1d(np.arange(flat.shape[1]), moving)
    if len(moving) < 3:
        return np.concatenate([moving, still]).astype(int)
    z = (flat[:, moving] - flat[:, moving].mean(axis=0)) / spread[moving]
    likeness = np.clip(z.T @ z / len(z), -1, 1)
    distance = (1 - likeness)[np.triu_indices(len(moving), k=1)]
    tree = hierarchy.linkage(distance, method="average", optimal_ordering=len(moving) <= OPTIMAL_UNITS)
    return np.concatenate([moving[hierarchy.leaves_list(tree)], still]).astype(int)
