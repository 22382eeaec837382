"""What a network says at every time, against what was true."""

import bqplot as bq
import numpy as np
from jaxtyping import Float

from nbdebug.measure.pooling import decimate
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.figure import SERIES, axis, figure, nice_ticks, set_ticks
from nbdebug.render.input_lines import PIXELS
from nbdebug.render.time_x import TimeX

PREDICTED, TRUE = SERIES[5], SERIES[2]


class TimeLines:
    """Prediction and label over time; a label that holds for the whole example is a level line.

    Args:
        times: the time axis.
        title: what is predicted.
        cursor_at: where the time cursor stands at first.
    """

    def __init__(self, times: TimeAxis, title: str, cursor_at: int | None = None) -> None:
        self._times = times
        self._x, self._y = TimeX(times), bq.LinearScale()
        scales = {"x": self._x.scale, "y": self._y}
        nothing = np.zeros(0)
        self._label = bq.Lines(x=nothing, y=nothing, scales=scales, colors=[TRUE], line_style="dashed")
        self._prediction = bq.Lines(x=nothing, y=nothing, scales=scales, colors=[PREDICTED], stroke_width=1.5)
        self.cursor = self._x.cursor(cursor_at)
        self._side = axis(self._y, title, side="left")
        self.figure = figure([self._label, self._prediction, self.cursor], [self._side, self._x.axis], height=130)

    def show(self, prediction: Float[np.ndarray, "position"], label: Float[np.ndarray, "label"]) -> None:
        """Draw one example.

        Args:
            prediction: at every position of the layer or output it comes from, evenly spread over the input's times.
            label: at every position; one number for the whole example; or empty.
        """
        known = np.concatenate([prediction, label])
        known = known[np.isfinite(known)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
        if low >= 0 and high <= 1:
            low, high = 0.0, 1.0
        room = (high - low) * 0.05 or 0.5
        with self._y.hold_sync():
            self._y.min, self._y.max = low - room, high + room
        set_ticks(self._side, nice_ticks(low, high, 3))
        self._draw(self._prediction, prediction)
        if len(label) == 1:
            with self._label.hold_sync():
                self._label.x = self._x.values(np.array([0, max(self._times.n - 1, 0)]))
                self._label.y = np.repeat(label, 2).astype(np.float64)
        else:
            self._draw(self._label, label)

    def _draw(self, line: bq.Lines, values: Float[np.ndarray, "position"]) -> None:
        n = len(values)
        known = np.flatnonzero(np.isfinite(values))
        values = values[: known[-1] + 1] if known.size else values[:0]  # bqplot cannot end a line in a gap
        places, kept = decimate(values.astype(np.float64), PIXELS) if len(values) else (np.zeros(0), values)
        wide = self._times.n / max(n, 1)
        times = (np.asarray(places) + 0.5) * wide - 0.5
        with line.hold_sync():
            line.x, line.y = self._x.values(times), kept
