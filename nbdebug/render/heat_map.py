"""Units by time, as one picture."""

from collections.abc import Callable

import bqplot as bq
import numpy as np
from jaxtyping import Bool, Float, Int

from nbdebug.records.grid import Grid
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.figure import axis, figure, nice_whole_ticks, set_ticks
from nbdebug.render.legend import ColourLegend
from nbdebug.render.picture_mark import PictureMark
from nbdebug.render.plain import VBox
from nbdebug.render.raster import ColourScale, Picture, picture
from nbdebug.render.time_x import TimeX

HEIGHT = 190
_AWAY = np.full(2, -10.0)


class HeatMap:
    """The heat map of one layer, with a cursor, a line at the selected unit and a colour legend.

    Args:
        time: the axis of the input.
        height: of the figure, in pixels.
    """

    def __init__(self, time: TimeAxis, *, height: int = HEIGHT) -> None:
        self.x = TimeX(time)
        self._y = bq.LinearScale(min=-0.5, max=0.5, allow_padding=False)
        self._y_axis = axis(self._y, "unit", side="left")
        self.mark = PictureMark(self.x.scale, self._y)
        # a light edge keeps the cursor visible on every colour of the picture
        self.cursors = [self.x.cursor(colour="#ffffff", width=4), self.x.cursor()]
        scales = {"x": self.x.scale, "y": self._y}
        self._unit_line = bq.Lines(x=_AWAY, y=_AWAY, scales=scales, colors=["#ffffff"], stroke_width=1.5)
        self.figure = figure(
            [self.mark.mark, self._unit_line, *self.cursors], [self.x.axis, self._y_axis], height=height
        )
        self.figure.add_class("nbdebug-clickable")
        self.figure.add_class("nbdebug-heat-map")
        self.legend = ColourLegend()
        self.widget = VBox([self.figure, self.legend.widget])
        self._order = np.arange(0)

    def show(
        self,
        values: Float[np.ndarray, "position unit"],
        order: Int[np.ndarray, "slot"],
        *,
        grid: Grid | None = None,
        masked: Bool[np.ndarray, "position"] | None = None,
        unit_name: str = "unit",
        scale: ColourScale | None = None,
    ) -> Picture:
        """Draw `values`, the units from bottom to top in `order`; units that it leaves out are not drawn.

        Positions stand where `grid` has them on the axis, one a time without it.
        """
        self._order = order
        drawn = np.asarray(values, np.float32)[:, order[::-1]].T
        hidden = None if masked is None else np.broadcast_to(masked, drawn.shape)
        made = picture(drawn, masked=hidden, scale=scale)
        grid = grid or Grid(len(values), self.x.of.n)
        ends = [self.x.of.value(grid.time_of(position)) for position in (-0.5, len(values) - 0.5)]
        self.mark.show(made.png, x=(ends[0], ends[1]), y=(-0.5, len(order) - 0.5))
        ticks = nice_whole_ticks(0, len(order) - 1) if len(order) else []
        set_ticks(self._y_axis, ticks, [f"{order[int(slot)]:,}" for slot in ticks])
        with self._y.hold_sync():
            self._y.min, self._y.max = -0.5, max(len(order), 1) - 0.5
        self._y_axis.label = unit_name
        self.legend.show(made.scale, masked=masked is not None and bool(masked.any()), not_finite=made.not_finite)
        return made

    def show_unit(self, unit: int | None) -> None:
        """Draw a line at the selected unit, none where no unit is selected or it is not among those drawn."""
        slots = np.flatnonzero(self._order == unit) if unit is not None else np.zeros(0, int)
        if len(slots) == 0:
            self._unit_line.y = _AWAY
            return
        with self._unit_line.hold_sync():
            self._unit_line.x = np.array([self.x.scale.min, self.x.scale.max])
            self._unit_line.y = np.full(2, float(slots[0]))

    def on_pick(self, callback: Callable[[int, int], None]) -> None:
        """Call `callback(time, unit)` on a click."""

        def picked(x: float, y: float) -> None:
            if len(self._order):
                slot = int(np.clip(round(y), 0, len(self._order) - 1))
                callback(self.x.time(x), int(self._order[slot]))

        self.mark.on_pick(picked)
