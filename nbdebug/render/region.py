"""A part of an axis that is chosen by dragging over a figure."""

from __future__ import annotations

from collections.abc import Callable

import bqplot as bq

from nbdebug.render.figure import ACCENT


class Region:
    """An interval as high as the figure, while it is asked for; clicks reach the figure again once it is not.

    Args:
        figure: where it is drawn.
        x: the scale across.
    """

    def __init__(self, figure: bq.Figure, x: bq.Scale) -> None:
        self._figure = figure
        self._brush = bq.interacts.BrushIntervalSelector(scale=x, color=ACCENT)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """From where to where it goes; None where none is drawn."""
        ends = self._brush.selected
        return None if ends is None or len(ends) < 2 else (float(min(ends)), float(max(ends)))

    def ask(self, asked: bool) -> None:
        """Let a region be drawn, or look at the figure without one."""
        self._figure.interaction = self._brush if asked else None
        if not asked:
            self.clear()

    def clear(self) -> None:
        """Draw none."""
        self._brush.selected = None

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call `callback()` when a region was drawn, moved or taken away."""
        self._brush.observe(lambda _change: callback(), "selected")
