"""A few short curves over steps or epochs, such as the losses of two copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import bqplot as bq
import numpy as np

from nbdebug.render.figure import SERIES, axis, figure, nice_ticks, nice_whole_ticks, set_ticks
from nbdebug.render.legend import LineLegend
from nbdebug.render.plain import VBox

HEIGHT = 130
_DOTTED = 20
"""A curve of so few points shows each, for a single one has no line."""


class CurveLines:
    """Lines of one kind over one axis; what is not finite is left out.

    Args:
        names: of the lines.
        over: title of the axis below.
        title: title of the axis to the left.
    """

    def __init__(self, names: Sequence[str], over: str, title: str = "loss") -> None:
        self.names, self.over = tuple(names), over
        self._x, self._y = (bq.LinearScale(min=0.0, max=1.0, allow_padding=False) for _ in range(2))
        self._bottom, self._side = axis(self._x, over, side="bottom"), axis(self._y, title, side="left")
        scales = {"x": self._x, "y": self._y}
        colours = [SERIES[i % len(SERIES)] for i in range(len(self.names))]
        self._marks = [
            bq.Lines(x=[0.0], y=[0.0], scales=scales, colors=[colour], stroke_width=1.5, marker_size=20)
            for colour in colours
        ]
        legend = LineLegend()
        legend.show(self.names)
        drawn = figure(self._marks, [self._bottom, self._side], height=HEIGHT)
        self.widget = VBox([drawn, *[legend.widget] * (len(self.names) > 1)])

    def show(self, lines: Mapping[str, Sequence[float]], at: Sequence[float] | None = None) -> None:
        """Draw these.

        Args:
            lines: name -> values, in the order of the names.
            at: where the values lie, None for 1, 2, 3 ...
        """
        values = [np.asarray(line, np.float64) for line in lines.values()]
        longest = max((len(line) for line in values), default=0)
        x = np.arange(1.0, longest + 1) if at is None else np.asarray(at, np.float64)
        known = np.concatenate([line[np.isfinite(line)] for line in values] or [np.zeros(0)])
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        room = (high - low) * 0.05 or abs(high) * 0.05 or 0.5
        first = float(x[0]) if len(x) else 0.0
        last = max(float(x[-1]) if len(x) else 1.0, first + 1)
        set_ticks(self._bottom, nice_whole_ticks(int(first), int(last)))
        set_ticks(self._side, nice_ticks(low - room, high + room, 3))
        with self._x.hold_sync():
            self._x.min, self._x.max = first, last
        with self._y.hold_sync():
            self._y.min, self._y.max = low - room, high + room
        for mark, line in zip(self._marks, values, strict=True):
            seen = np.isfinite(line)
            mark.marker = "circle" if 0 < seen.sum() <= _DOTTED else None
            with mark.hold_sync():  # bqplot needs a point to draw, so where none is finite it is put out of sight
                mark.x = x[: len(line)][seen] if seen.any() else np.array([first])
                mark.y = line[seen] if seen.any() else np.array([low - 9 * room])
