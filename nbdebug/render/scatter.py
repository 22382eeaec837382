"""Two numbers of each example against each other: points, or where they are too many how densely they lie."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import bqplot as bq
import numpy as np
from jaxtyping import Bool, Float

from nbdebug.measure.polygon import inside_polygon
from nbdebug.render.figure import GROUND, QUIET, TEXT, axis, figure, nice_ticks, set_ticks
from nbdebug.render.lasso import Lasso
from nbdebug.render.picture_mark import BLANK, PictureMark
from nbdebug.render.plain import VBox
from nbdebug.render.point_colours import Colours
from nbdebug.render.raster import png

HEIGHT = 240
MOST = 5_000
"""More points than this are a density image."""
MOST_MARKED = 500
"""How many points are marked over such an image."""
CELLS = (96, 60)
"""Of the image, across and up."""

_GREY = np.full((256, 4), 128, np.uint8)
_GREY[:, 3] = [0, *np.linspace(50, 255, 255)]
"""From nothing to full, on light and on dark ground; colour is left to what is marked."""

_NEAR = 0.02
"""A click this close to a marked point, as a share of the axes, means that point."""

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Cloud:
    """Points to draw; all are finite.

    Args:
        x, y: where they are.
        colours: of each.
        marked: which are crosses.
        weight: which of the marked to keep where they are too many, the largest first.
        titles: of the two axes.
        bounds: of both axes; from the smallest to the largest number where there are none.
    """

    x: Float[np.ndarray, "point"]
    y: Float[np.ndarray, "point"]
    colours: Colours
    marked: Bool[np.ndarray, "point"]
    weight: Float[np.ndarray, "point"]
    titles: tuple[str, str]
    bounds: Bounds | None = None

    @property
    def is_dense(self) -> bool:
        """Whether there are too many points to draw each."""
        return len(self.x) > MOST

    @property
    def crosses(self) -> np.ndarray:
        """Places of the marked points that are drawn, those of largest weight first."""
        places = np.flatnonzero(self.marked)
        in_order = places[np.argsort(-self.weight[places], kind="stable")]
        return in_order[:MOST_MARKED] if self.is_dense else in_order


class Scatter:
    """Points, crosses over them, and a ring around the one that is chosen; a click finds the nearest."""

    def __init__(self) -> None:
        self._x, self._y = (bq.LinearScale(min=0.0, max=1.0, allow_padding=False) for _ in range(2))
        self._bottom, self._side = axis(self._x, "", side="bottom"), axis(self._y, "", side="left")
        self._ground = PictureMark(self._x, self._y)
        scales = {"x": self._x, "y": self._y}
        self._equal = bq.Lines(x=[0.0, 1.0], y=[0.0, 1.0], scales=scales, colors=[QUIET], line_style="dashed")
        self._equal.stroke_width = 1.0
        self._dots = bq.Scatter(scales=scales, default_size=8, opacities=[0.6])
        self._crosses = bq.Scatter(scales=scales, default_size=40, marker="cross", stroke=GROUND, stroke_width=0.7)
        self._ring = bq.Scatter(scales=scales, default_size=160, fill=False, colors=[TEXT], stroke_width=2.5)
        marks = [self._ground.mark, self._equal, self._dots, self._crosses, self._ring]
        self.figure = figure(marks, [self._bottom, self._side], height=HEIGHT)
        for css in ("nbdebug-clickable", "nbdebug-scatter"):
            self.figure.add_class(css)
        self.lasso = Lasso()
        self.widget = VBox([self.figure, self.lasso], css="nbdebug-lassoed")
        self._cloud: Cloud | None = None

    def show(self, cloud: Cloud) -> None:
        """Draw these."""
        self._cloud = cloud
        across, up = (cloud.bounds or _bounds(values) for values in (cloud.x, cloud.y))
        self._frame(across, up, cloud.titles)
        crosses = cloud.crosses
        dots = np.flatnonzero(~cloud.marked) if not cloud.is_dense else np.zeros(0, int)
        self._ground.show(_density(cloud, across, up) if cloud.is_dense else BLANK, x=across, y=up)
        for mark, places in ((self._dots, dots), (self._crosses, crosses)):
            with mark.hold_sync():
                mark.visible = len(places) > 0
                mark.x, mark.y, mark.colors = cloud.x[places], cloud.y[places], cloud.colours[places].tolist()
        self.choose(None)
        self.lasso.lie_over(self._x, self._y)

    def choose(self, place: int | None) -> None:
        """Draw the ring around the point at this place; None for none."""
        with self._ring.hold_sync():
            self._ring.visible = place is not None
            if place is not None and self._cloud is not None:
                self._ring.x, self._ring.y = self._cloud.x[[place]], self._cloud.y[[place]]

    def on_pick(self, callback: Callable[[int], None]) -> None:
        """Call `callback(place)` with the place of the point nearest to a click."""

        def picked(x: float, y: float) -> None:
            place = self.nearest(x, y)
            if place is not None:
                callback(place)

        self._ground.on_pick(picked)

    def nearest(self, x: float, y: float) -> int | None:
        """The place of the point nearest to (x, y), a cross before what is only a part of the density."""
        cloud = self._cloud
        if cloud is None or not len(cloud.x):
            return None
        width, height = self._x.max - self._x.min, self._y.max - self._y.min
        away = np.hypot((cloud.x - x) / width, (cloud.y - y) / height)
        crosses = cloud.crosses
        if cloud.is_dense and len(crosses) and away[crosses].min() < _NEAR:
            return int(crosses[np.argmin(away[crosses])])
        return int(np.argmin(away))

    def inside(self) -> Bool[np.ndarray, "point"] | None:
        """Which points the lasso holds; None where none is drawn."""
        line = self.lasso.line
        return None if self._cloud is None or line is None else inside_polygon(self._cloud.x, self._cloud.y, line)

    def _frame(self, across: Bounds, up: Bounds, titles: tuple[str, str]) -> None:
        for scale, side, ends, title in (
            (self._x, self._bottom, across, titles[0]),
            (self._y, self._side, up, titles[1]),
        ):
            side.label = title
            set_ticks(side, nice_ticks(*ends, 4))
            with scale.hold_sync():
                scale.min, scale.max = ends
        with self._equal.hold_sync():
            low, high = max(across[0], up[0]), min(across[1], up[1])
            self._equal.x = self._equal.y = np.array([low, high])
            self._equal.visible = high > low


def _density(cloud: Cloud, across: Bounds, up: Bounds) -> bytes:
    counts, _, _ = np.histogram2d(cloud.x, cloud.y, bins=CELLS, range=(across, up))
    from_top = counts.T[::-1]
    share = np.log1p(from_top) / max(np.log1p(from_top.max()), 1.0)
    return png(np.rint(share * 255).astype(np.uint8), _GREY)


def _bounds(values: np.ndarray) -> Bounds:
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 0.5
    return low - room, high + room
