"""How predictions are spread, by what was true."""

from collections.abc import Mapping
from itertools import zip_longest

import bqplot as bq
import ipywidgets as w
import numpy as np
from jaxtyping import Float

from nbdebug.render.figure import ACCENT, SERIES, axis, figure, nice_ticks, nice_whole_ticks, set_ticks, short_count
from nbdebug.render.plain import HBox, Label, VBox
from nbdebug.render.region import Region

BINS = 25


class ScoreHistogram:
    """Counts of a number in even bins, one outline a group, on one scale.

    The line of the threshold is drawn where `threshold` puts it.
    """

    def __init__(self) -> None:
        self._x = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._y = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._unit = bq.LinearScale(min=0.0, max=1.0, allow_padding=False)
        self._bottom, self._side = axis(self._x, "", side="bottom"), axis(self._y, "examples", side="left")
        self._line = bq.Lines(
            x=[0.0, 0.0], y=[0.0, 1.0], scales={"x": self._x, "y": self._unit}, colors=[ACCENT], stroke_width=1.5
        )
        self._line.visible = False
        self.figure = figure([self._line], [self._bottom, self._side], height=150)
        self._keys = [_key(colour) for colour in SERIES[:3]]
        self.legend = HBox(self._keys, css="nbdebug-legend")
        self.widget = VBox([self.legend, self.figure])
        self._groups = [self._new_group(colour) for colour in SERIES[:3]]
        self.region = Region(self.figure, self._x)
        self.figure.marks = [*self._groups, self._line]

    def show(
        self,
        groups: Mapping[str, Float[np.ndarray, "example"]],
        *,
        title: str,
        bounds: tuple[float, float] | None = None,
    ) -> None:
        """Draw the groups, at most three.

        Args:
            groups: in words, such as "label 1" -> the numbers.
            title: what the numbers are.
            bounds: of the axis; from the smallest to the largest number where there are none.
        """
        finite = {name: values[np.isfinite(values)] for name, values in groups.items()}
        edges = _edges(finite, bounds)
        counts = {name: np.histogram(values, edges)[0] for name, values in finite.items()}
        top = max((int(c.max(initial=0)) for c in counts.values()), default=0) or 1
        with self._x.hold_sync():
            self._x.min, self._x.max = float(edges[0]), float(edges[-1])
        self._y.max = top * 1.05
        self._bottom.label = title
        set_ticks(self._bottom, nice_ticks(float(edges[0]), float(edges[-1]), 5))
        counted = nice_whole_ticks(0, top, 3)
        set_ticks(self._side, counted, [short_count(tick) for tick in counted])
        drawn = [*counts.values(), *[np.zeros(0, int)] * 3]
        for mark, heights in zip(self._groups, drawn, strict=False):
            _draw(mark, edges, heights)
        for key, name in zip_longest(self._keys, finite):
            key.layout.display = "none" if name is None else None
            key.children[1].value = "" if name is None else f"{name} ({len(finite[name]):,})"

    def threshold(self, at: float | None) -> None:
        """Put the line there; None hides it."""
        with self._line.hold_sync():
            self._line.visible = at is not None
            if at is not None:
                self._line.x = np.array([at, at])

    def _new_group(self, colour: str) -> bq.Lines:
        nothing = np.zeros(0)
        return bq.Lines(
            x=nothing,
            y=nothing,
            scales={"x": self._x, "y": self._y},
            colors=[colour],
            stroke_width=1.5,
            fill="bottom",
            fill_colors=[colour],
            fill_opacities=[0.25],
        )


def _draw(mark: bq.Lines, edges: Float[np.ndarray, "edge"], heights: np.ndarray) -> None:
    with mark.hold_sync():
        mark.x = np.repeat(edges, 2)[1:-1] if len(heights) else np.zeros(0)
        mark.y = np.repeat(heights, 2).astype(np.float64)


def _edges(groups: Mapping[str, np.ndarray], bounds: tuple[float, float] | None) -> Float[np.ndarray, "edge"]:
    values = np.concatenate([*groups.values(), np.zeros(0)])
    low, high = bounds or ((float(values.min()), float(values.max())) if values.size else (0.0, 1.0))
    if not high > low:
        low, high = low - 0.5, high + 0.5
    return np.linspace(low, high, BINS + 1)


def _key(colour: str) -> w.HBox:
    swatch = w.Box(layout=w.Layout(width="10px", height="10px", border=f"5px solid {colour}"))
    return HBox([swatch, Label()], layout=w.Layout())
