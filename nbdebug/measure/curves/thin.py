"""A curve in as many points as its picture can show."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int

PIXELS = 600
"""Width of the widest sidebar."""


def thin(x: Float[np.ndarray, "point"], y: Float[np.ndarray, "point"], pixels: int = PIXELS) -> Int[np.ndarray, "kept"]:
    """Which points of a line to keep: of each pixel column the first, the last, the lowest and the highest.

    Drawn in that width, the line covers the same pixels as with all of its points.

    Args:
        x: 0 to 1, rising or falling.
        y: no NaN.
        pixels: width of the picture.
    """
    column = np.minimum((x * pixels).astype(np.int64), pixels - 1)
    starts = np.flatnonzero(np.concatenate([[True], column[1:] != column[:-1]]))
    ends = np.append(starts[1:], len(x)) - 1
    by_height = np.lexsort((y, np.cumsum(np.isin(np.arange(len(x)), starts))))
    return np.unique(np.concatenate([starts, ends, by_height[starts], by_height[ends]]))
