"""Which points lie inside a closed line."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float


def inside_polygon(
    x: Float[np.ndarray, "point"], y: Float[np.ndarray, "point"], corners: Float[np.ndarray, "corner 2"]
) -> Bool[np.ndarray, "point"]:
    """Which points lie inside of a polygon, by the even-odd rule: a ray from there to the right leaves it an odd time.

    Points are sorted by height once, so that each side looks at those beside it alone. A point that is not finite is
    outside, and so is every point where there are fewer than three corners. Of two polygons that share a side a point
    is in one at most.

    Args:
        x, y: where the points are.
        corners: x and y of each, in order; the last is joined to the first. Lines may cross.

    Source: Shimrat 1962, Algorithm 112: position of point relative to polygon; Hacker 1962, its correction.
    """
    inside = np.zeros(len(x), dtype=bool)
    finite = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    order = finite[np.argsort(y[finite], kind="stable")]
    across, height, odd = x[order], y[order], np.zeros(len(order), dtype=bool)
    for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        first, last = np.searchsorted(height, sorted((ay, by)))
        beside = slice(first, last)
        if first < last:
            odd[beside] ^= across[beside] < ax + (height[beside] - ay) / (by - ay) * (bx - ax)
    inside[order] = odd
    return inside
