"""A colour for each of many points."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float, Int, Num, Shaped

from nbdebug.render.colours import LEVELS, palette
from nbdebug.render.figure import SERIES
from nbdebug.render.raster import ColourScale

Colours = Shaped[np.ndarray, "point"]
"""As "#rrggbb"."""


def by_group(group: Int[np.ndarray, "point"]) -> Colours:
    """The colour of the line or chip of that number."""
    return np.array(SERIES)[group % len(SERIES)]


def by_number(values: Num[np.ndarray, "point"]) -> tuple[Colours, ColourScale]:
    """From the smallest number to the largest, and the scale that says so."""
    if not len(values):
        return np.array([], dtype=str), ColourScale(0.0, 0.0, False)
    numbers: Float[np.ndarray, "point"] = values.astype(np.float64)
    scale = ColourScale(float(numbers.min()), float(numbers.max()), False)
    written = np.array(["#" + bytes(colour).hex() for colour in palette(False)[:LEVELS, :3]])
    return written[scale.codes(numbers[:, None])[:, 0]], scale
