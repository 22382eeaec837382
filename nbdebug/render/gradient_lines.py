"""The gradient of one number with respect to every input time, on a log axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import bqplot as bq
import numpy as np
from jaxtyping import Bool, Float, Int

from nbdebug.measure.pooling import decimate, pool_edges
from nbdebug.records import Sensitivity
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.colours import EMPTY, MASKED_COLOUR
from nbdebug.render.figure import QUIET, SERIES, axis, figure, set_ticks
from nbdebug.render.legend import LineLegend
from nbdebug.render.picture_mark import PictureMark
from nbdebug.render.plain import VBox
from nbdebug.render.raster import png
from nbdebug.render.time_x import TimeX

HEIGHT = 172
PIXELS = 300
"""Columns of pixels a line is thinned out to, keeping the lowest and the highest of each."""
ZERO_COLOUR, UNDERFLOW_COLOUR = "#d55e00", "#8a5cd0"
_FOOT_SHARE = 0.06
_MOST_DECADES = 30


@dataclass(frozen=True)
class Feet:
    """Times whose gradient cannot stand on a log axis, for all channels of the input.

    Args:
        zero: the gradient is exactly zero.
        underflow: it is not zero, but too small for the model's own number type.
        masked: the time is padding in every example.
    """

    zero: Bool[np.ndarray, "time"]
    underflow: Bool[np.ndarray, "time"]
    masked: Bool[np.ndarray, "time"]


def feet(values: Float[np.ndarray, "time channel"], sensitivity: Sensitivity) -> Feet:
    """Which times are exactly zero, underflow, or masked; a time is one of them at most."""
    masked = np.zeros(len(values), bool) if sensitivity.masked is None else sensitivity.masked
    underflow = sensitivity.underflow.reshape(len(values), -1).any(axis=1) & ~masked
    zero = (values == 0).all(axis=1) & ~underflow & ~masked
    return Feet(zero, underflow, masked)


class GradientLines:
    """One line a channel over the input's time; at the foot of the axis, marks for what a log axis cannot show.

    Args:
        time: the axis of the input.
    """

    def __init__(self, time: TimeAxis, *, height: int = HEIGHT) -> None:
        self.x = TimeX(time)
        self._y = bq.LinearScale(min=-12.0, max=0.0, allow_padding=False)
        self._y_axis = axis(self._y, "|gradient|", side="left")
        self._lines: list[bq.Lines] = []
        self._foot = PictureMark(self.x.scale, self._y)
        self.cursor = self.x.cursor()
        self.at_line = self.x.cursor(colour=QUIET)
        self.at_line.line_style = "dashed"
        self.figure = figure([], [self.x.axis, self._y_axis], height=height)
        self.legend = LineLegend()
        self.widget = VBox([self.figure, self.legend.widget])

    def show(
        self, values: Float[np.ndarray, "time channel"], names: Sequence[str], marks: Feet, at: float | None
    ) -> None:
        """Draw the gradient of each channel; `at` is the time of what was differentiated, None where it has none."""
        self._fit(values)
        self._draw(values)
        self._mark_feet(marks)
        self.at_line.visible = at is not None
        if at is not None:
            self.at_line.x = np.full(2, self.x.of.value(at))
        shown = (("exactly zero", "zero", marks.zero), ("underflow", "underflow", marks.underflow))
        chips = [(text, kind) for text, kind, where in (*shown, ("masked", "masked", marks.masked)) if where.any()]
        self.legend.show([str(name) for name in names], chips)

    def _fit(self, values: Float[np.ndarray, "time channel"]) -> None:
        low, high = decades(values)
        foot = (high - low) * _FOOT_SHARE * 2
        every = max(1, -(-round(high - low) // 4))
        ticks = [float(power) for power in range(round(low), round(high) + 1) if (power - round(high)) % every == 0]
        set_ticks(self._y_axis, ticks, [f"1e{power:.0f}" if power else "1" for power in ticks])
        with self._y.hold_sync():
            self._y.min, self._y.max = low - foot, high

    def _draw(self, values: Float[np.ndarray, "time channel"]) -> None:
        while len(self._lines) < values.shape[1]:
            colour = SERIES[len(self._lines) % len(SERIES)]
            scales = {"x": self.x.scale, "y": self._y}
            self._lines.append(bq.Lines(x=[0, 0], y=[0, 0], scales=scales, colors=[colour], stroke_width=1.2))
        for channel, line in enumerate(self._lines):
            line.visible = channel < values.shape[1] and bool(values[:, channel].any())
            if line.visible:
                times, logs = thinned(values[:, channel])
                with line.hold_sync():
                    line.x, line.y = self.x.values(times), logs
        marks = [self._foot.mark, *self._lines, self.at_line, self.cursor]
        if marks != self.figure.marks:
            self.figure.marks = marks

    def _mark_feet(self, marks: Feet) -> None:
        strip, colours = foot_strip(marks)
        ends = (self.x.of.value(-0.5), self.x.of.value(len(marks.zero) - 0.5))
        height = (self._y.max - self._y.min) * _FOOT_SHARE
        self._foot.show(png(strip, colours), x=ends, y=(self._y.min, self._y.min + height))


def decades(values: Float[np.ndarray, "*axes"]) -> tuple[float, float]:
    """The whole powers of ten between which the gradient lies, at least three and at most thirty of them."""
    seen = values[np.isfinite(values) & (values > 0)]
    if not seen.size:
        return -12.0, 0.0
    high = ceil(np.log10(seen.max()))
    low = max(floor(np.log10(seen.min())), high - _MOST_DECADES)
    return float(min(low, high - 3)), float(high)


def thinned(values: Float[np.ndarray, "time"]) -> tuple[Int[np.ndarray, "kept"], Float[np.ndarray, "kept"]]:
    """Times and powers of ten of one channel's line; NaN, a gap, where the gradient is zero."""
    with np.errstate(divide="ignore"):
        logs = np.log10(values.astype(np.float64))
    times, kept = decimate(np.where(np.isfinite(logs), logs, np.nan), PIXELS)
    end = int(np.flatnonzero(np.isfinite(kept))[-1]) + 1 if np.isfinite(kept).any() else 0
    return times[:end], kept[:end]  # bqplot cannot place the end of a line that ends in a gap


def foot_strip(marks: Feet) -> tuple[np.ndarray, np.ndarray]:
    """One row of colours for the foot of the axis, and the palette; zero wins over underflow over masked."""
    colours = np.zeros((256, 4), np.uint8)
    for code, colour in enumerate((MASKED_COLOUR, UNDERFLOW_COLOUR, ZERO_COLOUR)):
        colours[code] = (*bytes.fromhex(colour[1:]), 255)
    edges = pool_edges(len(marks.zero), PIXELS * 2)
    strip = np.full((1, len(edges) - 1), EMPTY, np.uint8)
    for code, where in enumerate((marks.masked, marks.underflow, marks.zero)):
        strip[0, np.logical_or.reduceat(where, edges[:-1])] = code
    return strip, colours
