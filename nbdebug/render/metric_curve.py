"""One curve of a metric: ROC, precision over recall, calibration, residuals."""

from __future__ import annotations

from dataclasses import dataclass

import bqplot as bq
import numpy as np
from jaxtyping import Float

from nbdebug.render.figure import ACCENT, QUIET, axis, figure, nice_ticks, set_ticks
from nbdebug.render.plain import VBox

HEIGHT = 190

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """What is drawn.

    Args:
        x, y: the curve.
        titles: of the two axes.
        bounds: of the two axes; from the smallest to the largest number where there are none.
        reference: where a line to compare with begins and ends, ((x, y), (x, y)).
        ends: low and high around the curve.
        dotted: whether each point is marked.
    """

    x: Float[np.ndarray, "point"]
    y: Float[np.ndarray, "point"]
    titles: tuple[str, str]
    bounds: tuple[Bounds, Bounds] | None = None
    reference: tuple[Bounds, Bounds] | None = None
    ends: tuple[Float[np.ndarray, "point"], Float[np.ndarray, "point"]] | None = None
    dotted: bool = False


class MetricCurve:
    """A curve, its interval in thin lines, a line to compare with, and a point on it that can be moved."""

    def __init__(self) -> None:
        self._x, self._y = (bq.LinearScale(min=0.0, max=1.0, allow_padding=False) for _ in range(2))
        self._bottom, self._side = axis(self._x, "", side="bottom"), axis(self._y, "", side="left")
        self._reference = self._line(QUIET, 1.0, line_style="dashed")
        self._ends = [self._line(ACCENT, 0.7) for _ in range(2)]
        self._curve = self._line(ACCENT, 2.0, marker_size=25)
        self._point = self._line(ACCENT, 0.0, marker="circle", marker_size=90)
        marks = [self._reference, *self._ends, self._curve, self._point]
        self.widget = VBox([figure(marks, [self._bottom, self._side], height=HEIGHT)])

    def show(self, drawn: Drawn) -> None:
        """Draw this."""
        across, up = drawn.bounds or (_bounds(drawn.x), _bounds(drawn.y, *(drawn.ends or ())))
        for scale, ends, side, title in (
            (self._x, across, self._bottom, drawn.titles[0]),
            (self._y, up, self._side, drawn.titles[1]),
        ):
            side.label = title
            set_ticks(side, nice_ticks(*ends, 4))
            with scale.hold_sync():
                scale.min, scale.max = ends
        self._curve.marker = "circle" if drawn.dotted else None
        _put(self._curve, drawn.x, drawn.y)
        for mark, end in zip(self._ends, drawn.ends or (None, None), strict=True):
            mark.visible = end is not None
            _put(mark, drawn.x, drawn.y if end is None else end)
        self._reference.visible = drawn.reference is not None
        if drawn.reference is not None:
            _put(self._reference, *np.array(drawn.reference, dtype=np.float64).T)

    def point(self, x: float | None, y: float | None) -> None:
        """Put the point there; None hides it."""
        self._point.visible = x is not None and y is not None
        if x is not None and y is not None:
            _put(self._point, np.array([x]), np.array([y]))

    def _line(self, colour: str, width: float, **more: object) -> bq.Lines:
        scales = {"x": self._x, "y": self._y}
        return bq.Lines(x=[0.0], y=[0.0], scales=scales, colors=[colour], stroke_width=width, **more)


def _put(mark: bq.Lines, x: np.ndarray, y: np.ndarray) -> None:
    with mark.hold_sync():
        mark.x, mark.y = x, y


def _bounds(*values: np.ndarray) -> Bounds:
    every = np.concatenate(values)
    every = every[np.isfinite(every)]
    low, high = (float(every.min()), float(every.max())) if every.size else (0.0, 1.0)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 0.5
    return low - room, high + room
