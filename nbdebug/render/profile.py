"""One number a unit: the profile at a time, or the units of a layer without time."""

from collections.abc import Callable

import bqplot as bq
import ipywidgets as w
import numpy as np
from jaxtyping import Float, Int

from nbdebug.measure.pooling import pool, pool_edges
from nbdebug.render.figure import ACCENT, QUIET, axis, figure, nice_ticks, nice_whole_ticks, set_ticks
from nbdebug.render.picture_mark import PictureMark

HEIGHT = 118
POINTS = 1024
"""More units than this are pooled by largest magnitude."""
_AWAY = np.full(2, -10.0)


class Profile:
    """Steps over the units, from left to right in the order given; the line at zero is drawn too.

    The y axis stays as `frame` sets it, so that nothing jumps while the time is scrubbed.
    """

    def __init__(self, *, height: int = HEIGHT) -> None:
        self._x = bq.LinearScale(min=-0.5, max=0.5, allow_padding=False)
        self._y = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._x_axis, self._y_axis = axis(self._x, "unit", side="bottom"), axis(self._y, "value", side="left")
        scales = {"x": self._x, "y": self._y}
        self.mark = bq.Lines(
            x=[0, 0], y=[0, 0], scales=scales, colors=[ACCENT], stroke_width=1.2, interpolation="step-after"
        )
        self._zero = bq.Lines(x=[0, 0], y=[0, 0], scales=scales, colors=[QUIET], stroke_width=0.5)
        # a picture without colours behind the lines takes the clicks
        self._ground = PictureMark(self._x, self._y)
        self._unit_line = bq.Lines(x=_AWAY, y=_AWAY, scales=scales, colors=[QUIET], stroke_width=1.5)
        self._unit_line.line_style = "dashed"
        marks = [self._ground.mark, self._zero, self._unit_line, self.mark]
        self.figure = figure(marks, [self._x_axis, self._y_axis], height=height)
        self.figure.add_class("nbdebug-clickable")
        self.widget: w.Widget = self.figure
        self._order = np.arange(0)

    def frame(self, order: Int[np.ndarray, "slot"], low: float, high: float, *, unit_name: str = "unit") -> None:
        """Make room for the units in `order` and for values from `low` to `high`."""
        self._order = order
        low, high = min(low, 0.0), max(high, 0.0)
        room = (high - low) * 0.05 or 1.0
        set_ticks(self._y_axis, nice_ticks(low, high, 3) if high > low else [0.0])
        ticks = nice_whole_ticks(0, len(order) - 1) if len(order) else []
        set_ticks(self._x_axis, ticks, [f"{order[int(slot)]:,}" for slot in ticks])
        with self._y.hold_sync():
            self._y.min, self._y.max = low - room, high + room
        with self._x.hold_sync():
            self._x.min, self._x.max = -0.5, max(len(order), 1) - 0.5
        self._x_axis.label = unit_name
        self._ground.stretch((self._x.min, self._x.max), (self._y.min, self._y.max))
        edges = pool_edges(len(order), POINTS).astype(np.float32) - 0.5
        with self.mark.hold_sync():
            self.mark.x, self.mark.y = edges, np.zeros(len(edges), np.float32)
        with self._zero.hold_sync():
            self._zero.x, self._zero.y = edges[[0, -1]], np.zeros(2)

    def show(self, values: Float[np.ndarray, "slot"]) -> None:
        """Draw one value a unit, in the order of `frame`."""
        self.mark.y = steps(pooled(values))

    def show_unit(self, unit: int | None) -> None:
        """Draw a line at the selected unit, none where no unit is selected or it is not among those drawn."""
        slots = np.flatnonzero(self._order == unit) if unit is not None else np.zeros(0, int)
        with self._unit_line.hold_sync():
            self._unit_line.x = np.full(2, float(slots[0])) if len(slots) else _AWAY
            self._unit_line.y = np.array([self._y.min, self._y.max]) if len(slots) else _AWAY

    def on_pick(self, callback: Callable[[int], None]) -> None:
        """Call `callback(unit)` on a click."""

        def picked(x: float, _y: float) -> None:
            if len(self._order):
                callback(int(self._order[int(np.clip(round(x), 0, len(self._order) - 1))]))

        self._ground.on_pick(picked)


def pooled(values: Float[np.ndarray, "slot"]) -> Float[np.ndarray, "step"]:
    """As many values as are drawn: each the one of largest magnitude of the units behind it."""
    return pool(np.asarray(values, np.float32)[None, :], 1, POINTS)[0]


def steps(values: Float[np.ndarray, "step"]) -> Float[np.ndarray, "edge"]:
    """The values with the last one twice, which a line of steps needs to end in a step."""
    return np.append(values, values[-1:])
