"""A closed line around points of a figure, drawn by hand."""

from __future__ import annotations

from collections.abc import Callable

import bqplot as bq
import numpy as np
from anywidget import AnyWidget
from jaxtyping import Float
from traitlets import Bool, Dict, List, Unicode
from traitlets import Float as Number

from nbdebug.render.figure import MARGIN
from nbdebug.render.static import module

HINT = "Drag around points. By keyboard: arrow keys move the cross, Space sets a corner, Enter closes, Escape undoes."


class Lasso(AnyWidget):  # type: ignore[misc]
    """Lies over a figure while it is asked for; clicks reach the figure again once it is not.

    bqplot has a lasso, which picks points of marks and keeps its line to itself: over a density there are no marks.

    Put it into a box with the figure, class `nbdebug-lassoed`.

    Args:
        corners: x and y of each in order, on the axes; set by the page, once, when the line is closed.
        asked: whether a line may be drawn.
        bounds: what the axes go from and to: left, right, bottom, top.
        margin: of the figure, in pixels.
        label: what it is and how it is used, for screen readers.
    """

    _esm = module("lasso.js")
    corners = List(List(Number())).tag(sync=True)
    asked = Bool(False).tag(sync=True)
    bounds = List(Number(), [0.0, 1.0, 0.0, 1.0]).tag(sync=True)
    margin = Dict(MARGIN).tag(sync=True)
    label = Unicode(HINT).tag(sync=True)

    @property
    def line(self) -> Float[np.ndarray, "corner 2"] | None:
        """The corners; None where nothing is drawn."""
        return np.array(self.corners, dtype=float) if self.corners else None

    @property
    def span(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """From where to where the line goes, across and up, as far as the axes go."""
        left, right, bottom, top = self.bounds
        within = np.clip(np.reshape(self.corners, (-1, 2)), (left, bottom), (right, top))
        (low, down), (high, up) = within.min(axis=0), within.max(axis=0)
        return (float(low), float(high)), (float(down), float(up))

    def lie_over(self, x: bq.Scale, y: bq.Scale) -> None:
        """Take over what these scales go from and to; a line that was drawn over other points goes."""
        self.clear()
        self.bounds = [x.min, x.max, y.min, y.max]

    def ask(self, asked: bool) -> None:
        """Let a line be drawn, or look at the figure without one."""
        self.asked = asked
        if not asked:
            self.clear()

    def clear(self) -> None:
        """Draw none."""
        self.corners = []

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback()` when a line was drawn or taken away."""
        self.observe(lambda _change: callback(), "corners")
