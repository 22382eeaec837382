"""A part of a figure that is chosen by dragging over it."""

from __future__ import annotations

from collections.abc import Callable

import bqplot as bq

from nbdebug.render.figure import ACCENT

Bounds = tuple[float, float]


class Region:
    """A rectangle over a figure, while it is asked for; clicks reach the figure again once it is not.

    Args:
        figure: where it is drawn.
        x: the scale across.
        y: the scale up; None for a region as high as the figure.
    """

    def __init__(self, figure: bq.Figure, x: bq.Scale, y: bq.Scale | None = None) -> None:
        self._figure = figure
        if y is None:
            self._names: tuple[str, ...] = ("selected",)
            self._brush = bq.interacts.BrushIntervalSelector(scale=x, color=ACCENT)
        else:
            self._names = ("selected_x", "selected_y")
            self._brush = bq.interacts.BrushSelector(x_scale=x, y_scale=y, color=ACCENT)

    @property
    def bounds(self) -> tuple[Bounds, ...] | None:
        """From where to where it goes, across and (where it has a height) up; None where none is drawn."""
        sides = [getattr(self._brush, name) for name in self._names]
        if any(side is None or len(side) < 2 for side in sides):
            return None
        return tuple((float(min(side)), float(max(side))) for side in sides)

    def ask(self, asked: bool) -> None:
        """Let a region be drawn, or look at the figure without one."""
        self._figure.interaction = self._brush if asked else None
        if not asked:
            self.clear()

    def clear(self) -> None:
        """Draw none."""
        for name in self._names:
            setattr(self._brush, name, None)

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback()` when a region was drawn, moved or taken away."""
        self._brush.observe(lambda _change: callback(), list(self._names))
