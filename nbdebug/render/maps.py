"""The two-dimensional maps of a convolution over images, all units side by side as one picture."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, sqrt

import bqplot as bq
import numpy as np
from jaxtyping import Float, Int

from nbdebug.measure.pooling import pool
from nbdebug.render.figure import MARGIN, figure
from nbdebug.render.legend import ColourLegend
from nbdebug.render.picture_mark import PictureMark
from nbdebug.render.plain import VBox
from nbdebug.render.raster import Picture, colour_scale, picture

SIDE = 600
"""Pixels of the whole mosaic along either side, at most."""
HEIGHT = 300


@dataclass(frozen=True)
class Mosaic:
    """Maps side by side.

    Args:
        values: (row, column) of the whole mosaic; NaN-free gaps are told by `gap`.
        gap: True where no map is.
        columns: how many maps stand in a row.
        cell: rows and columns of one map with its gap, in pixels.
    """

    values: Float[np.ndarray, "row column"]
    gap: np.ndarray
    columns: int
    cell: tuple[int, int]

    def slot(self, row: float, column: float) -> int:
        """Which map, counted along rows, is at a place of the mosaic."""
        return int(row // self.cell[0]) * self.columns + int(column // self.cell[1])


def mosaic(maps: Float[np.ndarray, "row column unit"]) -> Mosaic:
    """The maps of all units in an almost square grid, each pooled by largest magnitude where they are many."""
    n = maps.shape[-1]
    columns = max(1, min(n, ceil(sqrt(n * maps.shape[0] / max(maps.shape[1], 1)))))
    rows = -(-n // columns)
    room = (max(1, SIDE // rows - 1), max(1, SIDE // columns - 1))
    small = np.stack([pool(maps[..., unit], *room) for unit in range(n)]) if n else np.zeros((0, 1, 1), maps.dtype)
    height, width = small.shape[1] + 1, small.shape[2] + 1
    values = np.zeros((max(rows * height - 1, 1), columns * width - 1), np.float32)
    gap = np.ones(values.shape, bool)
    for slot, one in enumerate(small):
        top, left = slot // columns * height, slot % columns * width
        values[top : top + height - 1, left : left + width - 1] = one
        gap[top : top + height - 1, left : left + width - 1] = False
    return Mosaic(values, gap, columns, (height, width))


class Maps:
    """A grid of the maps of a layer; a click picks the unit."""

    def __init__(self, *, height: int = HEIGHT) -> None:
        self._x = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._y = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._mark = PictureMark(self._x, self._y)
        self.figure = figure([self._mark.mark], [], height=height)
        self.figure.fig_margin = dict.fromkeys(MARGIN, 8)  # equal, so that square maps are square
        self.figure.add_class("nbdebug-clickable")
        self.figure.add_class("nbdebug-maps")
        self.legend = ColourLegend()
        self.widget = VBox([self.figure, self.legend.widget])
        self._shown: Mosaic | None = None
        self._order = np.arange(0)

    def show(self, maps: Float[np.ndarray, "row column unit"], order: Int[np.ndarray, "slot"]) -> Picture:
        """Draw the maps of the units in `order`, along rows from the top left."""
        made = mosaic(maps[..., order])
        drawn = picture(
            made.values,
            gaps=made.gap,
            scale=colour_scale(made.values[~made.gap]),
            rows=made.values.shape[0],
            columns=made.values.shape[1],
        )
        height, width = made.values.shape
        self._shown, self._order = made, order
        with self._x.hold_sync():
            self._x.max = float(width)
        with self._y.hold_sync():
            self._y.max = float(height)
        self.figure.min_aspect_ratio = self.figure.max_aspect_ratio = width / max(height, 1)
        self._mark.show(drawn.png, x=(0.0, float(width)), y=(0.0, float(height)))
        self.legend.show(drawn.scale, not_finite=drawn.not_finite)
        return drawn

    def on_pick(self, callback: Callable[[int], None]) -> None:
        """Call `callback(unit)` on a click on the map of that unit."""

        def picked(x: float, y: float) -> None:
            if self._shown is not None:
                slot = self._shown.slot(self._y.max - y, x)
                if 0 <= slot < len(self._order):
                    callback(int(self._order[slot]))

        self._mark.on_pick(picked)
