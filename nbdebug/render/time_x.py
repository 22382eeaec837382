"""The time axis of a figure: its ticks read as the time cursor does."""

from __future__ import annotations

from math import ceil

import bqplot as bq
import numpy as np

from nbdebug.records.time_axis import TimeAxis, clock
from nbdebug.render.figure import ACCENT, axis, nice_ticks, nice_whole_ticks, set_ticks

_HOURS_APART = (0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0)
_MOST = 4
"""Ticks that have room beside each other in a narrow sidebar."""


class TimeX:
    """The time axis of a figure and what stands on it.

    A time covers half a step to both sides, so that pictures, lines and the cursor agree.

    Args:
        of: the time axis of the input.
    """

    def __init__(self, of: TimeAxis) -> None:
        self.of = of
        low, high = of.value(-0.5), of.value(max(of.n, 1) - 0.5)
        self.scale = bq.LinearScale(min=low, max=high, allow_padding=False)
        self.axis = axis(self.scale, of.title, side="bottom")
        set_ticks(self.axis, *_ticks(of, max(low, 0.0), high))

    def values(self, times: np.ndarray) -> np.ndarray:
        """Where these times lie on the axis."""
        return np.asarray(times, dtype=np.float64) * self.of.step

    def time(self, value: float) -> int:
        """The input time at a place on the axis, such as a click."""
        return int(min(max(round(value / self.of.step), 0), self.of.n - 1))

    def cursor(self, time: int | None = None, *, colour: str = ACCENT, width: float = 1.5) -> bq.Lines:
        """A vertical line at `time`; hand it to `Scrubber.add_cursors` or to a `Follower`."""
        at = self.of.value(time or 0)
        scales = {"x": self.scale, "y": bq.LinearScale(min=0, max=1, allow_padding=False)}
        return bq.Lines(x=[at, at], y=[0.0, 1.0], scales=scales, colors=[colour], stroke_width=width)


def _ticks(of: TimeAxis, low: float, high: float) -> tuple[list[float], list[str] | None]:
    few = [of.value(time) for time in range(of.n)] if of.n <= _MOST else None
    if not of.by_clock:
        return few if few is not None else nice_ticks(low, high, _MOST), None
    hour = 3_600 / of.seconds
    ticks = few if few is not None else [tick * hour for tick in _hours(low / hour, high / hour)]
    return ticks, [clock(round(tick * of.seconds)) for tick in ticks]


def _hours(low: float, high: float) -> list[float]:
    """Round hours of a clock, or of whole days where there are many."""
    apart = next((each for each in _HOURS_APART if (high - low) / each <= _MOST), None)
    if apart is None:
        return [24.0 * day for day in nice_whole_ticks(ceil(low / 24), int(high / 24), _MOST)]
    return [tick * apart for tick in range(ceil(low / apart), int(high / apart) + 1)]
