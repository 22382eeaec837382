"""How often a layer, or one unit, took which values."""

from itertools import pairwise

import bqplot as bq
import ipywidgets as w
import numpy as np
from jaxtyping import Float, Int

from nbdebug.records import Histogram
from nbdebug.render.figure import ACCENT, axis, figure, nice_ticks, number, set_ticks

HEIGHT = 118
BINS = 120
_MARGIN = 2


class UnitHistogram:
    """The histogram of one unit, or of all of a layer, on the signed-log bins of the record."""

    def __init__(self, *, height: int = HEIGHT) -> None:
        self._x = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._y = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._x_axis = axis(self._x, "value (log bins)", side="bottom")
        self._y_axis = axis(self._y, "share", side="left")
        scales = {"x": self._x, "y": self._y}
        self._mark = bq.Lines(
            x=[0, 0],
            y=[0, 0],
            scales=scales,
            colors=[ACCENT],
            fill="bottom",
            fill_opacities=[0.35],
            interpolation="step-after",
        )
        self.figure = figure([self._mark], [self._x_axis, self._y_axis], height=height)
        self.widget: w.Widget = self.figure

    def show(self, histogram: Histogram, unit: int | None = None) -> None:
        """Draw the values of `unit`, or of all units together."""
        counts = histogram.counts.sum(axis=0) if unit is None else histogram.counts[unit]
        edges, shown = occupied(histogram.edges, counts)
        shares = shown / max(int(shown.sum()), 1)
        most = max(float(shares.max(initial=0)) * 1.05, 1e-9)
        set_ticks(self._y_axis, nice_ticks(0, most, 3))
        set_ticks(self._x_axis, *edge_ticks(edges))
        with self._x.hold_sync():
            self._x.min, self._x.max = 0.0, float(len(shown))
        with self._y.hold_sync():
            self._y.max = most
        with self._mark.hold_sync():
            self._mark.x = np.arange(len(edges), dtype=np.float64)
            self._mark.y = np.append(shares, shares[-1:])


def occupied(
    edges: Float[np.ndarray, "edge"], counts: Int[np.ndarray, "bin"]
) -> tuple[Float[np.ndarray, "kept_edge"], Int[np.ndarray, "kept_bin"]]:
    """The bins between the first and the last that hold anything, with two empty ones on either side.

    More than 120 of them are joined, several to one.
    """
    held = np.flatnonzero(counts)
    first, last = (int(held[0]), int(held[-1])) if len(held) else (len(counts) // 2, len(counts) // 2)
    first, last = max(first - _MARGIN, 0), min(last + _MARGIN, len(counts) - 1)
    joined = -(-(last + 1 - first) // BINS)
    starts = np.arange(first, last + 1, joined)
    kept_edges = np.append(edges[starts], edges[min(last + 1, len(edges) - 1)])
    return kept_edges, np.add.reduceat(counts[: last + 1], starts)


def edge_ticks(edges: Float[np.ndarray, "edge"], n: int = 5) -> tuple[list[float], list[str]]:
    """Where to write which numbers: at edges evenly apart, and "0" in the middle of the bin around zero."""
    apart = max(1, -(-len(edges) // n))
    zero = [i + 0.5 for i, (low, high) in enumerate(pairwise(edges)) if low < 0 < high]
    start = int(zero[0]) + apart if zero else 0
    others = [i for i in range(start % apart, len(edges), apart) if all(abs(i - at) > apart / 2 for at in zero)]
    written = sorted([(float(i), number(float(f"{edges[i]:.1g}"))) for i in others] + [(at, "0") for at in zero])
    return [at for at, _ in written], [text for _, text in written]
