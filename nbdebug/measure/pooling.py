"""Arrays made as small as the picture that shows them, without losing what stands out."""

from itertools import pairwise

import numpy as np
from jaxtyping import Float, Int, Num

from nbdebug.errors import NbdebugError


def pool(values: Float[np.ndarray, "time unit"], times: int, units: int) -> Float[np.ndarray, "pixel_time pixel_unit"]:
    """The value of largest magnitude behind each pixel, sign kept.

    A mean over the times behind one pixel would hide a one-step spike. A NaN wins its pixel. Axes that are short enough
    already stay as they are.

    Args:
        values: what is to be shown.
        times: how many pixels along time at most.
        units: how many pixels along units at most.
    """
    return _pool_axis(_pool_axis(values, 0, times), 1, units)


def pool_edges(n: int, pixels: int) -> Int[np.ndarray, "edge"]:
    """Where the pixels of `pool` start and end: pixel i shows positions edges[i] to edges[i + 1] - 1."""
    if pixels < 1:
        raise NbdebugError("There is no room for a picture.", got=f"{pixels} pixels", fix="at least 1 pixel")
    return np.arange(min(n, pixels) + 1) * n // min(n, pixels) if n else np.zeros(1, dtype=int)


def decimate(values: Num[np.ndarray, "time"], pixels: int) -> tuple[Int[np.ndarray, "kept"], Num[np.ndarray, "kept"]]:
    """A line's positions and values with the lowest and the highest of each pixel kept, in the order of time.

    A pixel that is NaN throughout keeps one NaN, so that a gap stays a gap.

    Args:
        values: the line.
        pixels: how many pixel columns there are; up to two points each are kept.
    """
    if len(values) <= 2 * pixels:
        return np.arange(len(values)), values
    kept: list[int] = []
    edges = pool_edges(len(values), pixels)
    for start, end in pairwise(edges):
        part = values[start:end]
        if np.all(np.isnan(part)):
            kept.append(int(start))
        else:
            kept.extend(sorted({int(start + np.nanargmin(part)), int(start + np.nanargmax(part))}))
    chosen = np.array(kept)
    return chosen, values[chosen]


def _pool_axis(values: Float[np.ndarray, "time unit"], axis: int, pixels: int) -> Float[np.ndarray, "time2 unit2"]:
    n = values.shape[axis]
    edges = pool_edges(n, pixels)
    if n <= pixels:
        return values
    highest = np.maximum.reduceat(values, edges[:-1], axis=axis)
    lowest = np.minimum.reduceat(values, edges[:-1], axis=axis)
    return np.where(-lowest > highest, lowest, highest)
