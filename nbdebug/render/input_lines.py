"""The channels of one sequence over time, with what the network looked at."""

from collections.abc import Sequence

import bqplot as bq
import numpy as np
from jaxtyping import Float, Num

from nbdebug.measure.pooling import decimate, pool
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.figure import MARGIN, SERIES, TEXT, axis, figure, nice_ticks, number, set_ticks
from nbdebug.render.plain import Label, VBox
from nbdebug.render.time_x import TimeX

PIXELS = 500
"""Columns that a line is thinned to: the lowest and the highest value of each stay."""

MOST = 6
"""How many channels are drawn; more would leave no room for any."""

_LINE, _OVERLAY = TEXT, SERIES[1]
_HEIGHT, _TIME_AXIS = 84, 26


class InputLines:
    """One figure a channel under one another, all over the same times.

    Args:
        times: the time axis.
        channels: name of each channel; the first `MOST` are drawn.
        cursor_at: where the time cursor stands at first.
    """

    def __init__(self, times: TimeAxis, channels: Sequence[str], cursor_at: int | None = None) -> None:
        self.shown = tuple(channels)[:MOST]
        drawn = range(len(self.shown))
        self._strips = [_Strip(times, cursor_at, last=i == len(self.shown) - 1) for i in drawn]
        self.cursors = [strip.cursor for strip in self._strips]
        self._titles = [Label(css="nbdebug-caption") for _ in self.shown]
        parts = [part for pair in zip(self._titles, self._strips, strict=True) for part in (pair[0], pair[1].figure)]
        self.widget = VBox(parts)

    def show(self, values: Num[np.ndarray, "time channel"]) -> None:
        """Draw one example."""
        for i, (name, strip) in enumerate(zip(self.shown, self._strips, strict=True)):
            channel = np.asarray(values[:, i], dtype=np.float64)
            strip.show(channel)
            lost = int((~np.isfinite(channel)).sum())
            self._titles[i].value = f"{name}, {lost:,} of {len(channel):,} times not finite" if lost else name

    def overlay(self, strength: Float[np.ndarray, "time channel"] | None) -> None:
        """Draw a magnitude on top of each channel, on one scale for all of them; None takes it away."""
        top = 0.0 if strength is None else float(np.nanmax(strength, initial=0.0))
        for i, strip in enumerate(self._strips):
            strip.overlay(None if strength is None else strength[:, i], top)


class _Strip:
    def __init__(self, times: TimeAxis, cursor_at: int | None, *, last: bool) -> None:
        self._x = TimeX(times)
        self._y = bq.LinearScale()
        self._strength = bq.LinearScale(min=0.0, max=1.0)
        nothing = np.zeros(0)
        self._line = bq.Lines(x=nothing, y=nothing, scales={"x": self._x.scale, "y": self._y}, colors=[_LINE])
        self._line.stroke_width = 1.0
        self._over = bq.Lines(
            x=nothing,
            y=nothing,
            scales={"x": self._x.scale, "y": self._strength},
            colors=[_OVERLAY],
            stroke_width=1.0,
            fill="bottom",
            fill_opacities=[0.3],
            fill_colors=[_OVERLAY],
        )
        self.cursor = self._x.cursor(cursor_at)
        self._side = axis(self._y, "", side="left")
        axes = [self._side, self._x.axis] if last else [self._side]
        self.figure = figure([self._over, self._line, self.cursor], axes, height=_HEIGHT + last * _TIME_AXIS)
        self.figure.fig_margin = MARGIN if last else {**MARGIN, "bottom": MARGIN["bottom"] - _TIME_AXIS}

    def show(self, values: Float[np.ndarray, "time"]) -> None:
        times, kept = decimate(np.where(np.isfinite(values), values, np.nan), PIXELS)
        finite = kept[np.isfinite(kept)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
        room = (high - low) * 0.05 or max(abs(low), 1.0) * 0.1
        with self._y.hold_sync():
            self._y.min, self._y.max = low - room, high + room
        set_ticks(self._side, nice_ticks(low, high, 3))
        with self._line.hold_sync():
            self._line.x, self._line.y = self._x.values(times), kept

    def overlay(self, strength: Float[np.ndarray, "time"] | None, top: float) -> None:
        if strength is None:
            strength = np.zeros(0)
        pooled = pool(strength[:, None].astype(np.float64), 2 * PIXELS, 1)[:, 0] if len(strength) else strength
        times = (np.arange(len(pooled)) + 0.5) * (len(strength) / max(len(pooled), 1)) - 0.5
        self._strength.max = top or 1.0
        with self._over.hold_sync():
            self._over.x, self._over.y = self._x.values(times), np.nan_to_num(pooled)


def strength_caption(of: str, strength: Float[np.ndarray, "*axes"]) -> str:
    """What the overlay is, and how high it goes."""
    top = float(np.nanmax(strength, initial=0.0))
    if top == 0:
        return f"d {of} / d input is exactly zero here: nothing of this input reaches it"
    return f"Orange: |d {of} / d input|, up to {number(top, 3)}"
