"""A few short curves over steps or epochs, such as the losses of two copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import bqplot as bq
import numpy as np

from nbdebug.render.figure import SERIES, axis, figure, nice_ticks, nice_whole_ticks, set_ticks
from nbdebug.render.legend import LineLegend
from nbdebug.render.plain import VBox

HEIGHT = 130


class CurveLines:
    """Lines of one kind over one axis; what is not finite leaves a gap.

    Args:
        lines: name -> values.
        at: where the values lie, None for 1, 2, 3 ...
        over: title of the axis below.
        title: title of the axis to the left.
    """

    def __init__(
        self, lines: Mapping[str, Sequence[float]], at: Sequence[float] | None, over: str, title: str = "loss"
    ) -> None:
        values = [np.asarray(line, np.float64) for line in lines.values()]
        longest = max((len(line) for line in values), default=0)
        x = np.arange(1.0, longest + 1) if at is None else np.asarray(at, np.float64)
        known = np.concatenate([line[np.isfinite(line)] for line in values] or [np.zeros(0)])
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        room = (high - low) * 0.05 or abs(high) * 0.05 or 0.5
        first, last = (float(x[0]), float(x[-1])) if len(x) else (0.0, 1.0)
        across = bq.LinearScale(min=first, max=max(last, first + 1), allow_padding=False)
        up = bq.LinearScale(min=low - room, max=high + room, allow_padding=False)
        bottom, side = axis(across, over, side="bottom"), axis(up, title, side="left")
        set_ticks(bottom, nice_whole_ticks(int(first), int(max(last, first + 1))))
        set_ticks(side, nice_ticks(low - room, high + room, 3))
        marks = [
            bq.Lines(
                x=x[: len(line)], y=line, scales={"x": across, "y": up}, colors=[SERIES[i % len(SERIES)]],
                stroke_width=1.5,
            )
            for i, line in enumerate(values)
        ]  # fmt: skip
        legend = LineLegend()
        legend.show(list(lines))
        self.widget = VBox([figure(marks, [bottom, side], height=HEIGHT), *[legend.widget] * (len(values) > 1)])
