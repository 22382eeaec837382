"""Lines that a button shows and hides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets as w

from nbdebug.panels.closing import close_tree
from nbdebug.render.plain import Button, Label, VBox


class Fold:
    """A line that says what is below it; a click shows or hides that.

    Args:
        css: classes of the box, beside `nbdebug-fold`.
        drawn: makes what stands below the lines; called once, when that is first seen.
    """

    def __init__(self, css: str = "", drawn: Callable[[], Sequence[w.Widget]] = tuple) -> None:
        self._drawn, self._drawing = drawn, VBox()
        self.is_open = self._is_drawn = False
        self._title = ""
        self._lines: tuple[str, ...] = ()
        self._button = Button("", lambda _button: self.toggle(), css="nbdebug-fold-button")
        self._box = VBox(css="nbdebug-fold-lines")
        self.widget: w.Widget = VBox([self._button], css=f"nbdebug-fold {css}")

    def show(self, title: str, lines: Sequence[str] = ()) -> None:
        """Let it hold these lines."""
        self._title = title
        if tuple(lines) != self._lines:
            old, self._lines = self._box.children, tuple(lines)
            self._box.children = tuple(Label(line, css="nbdebug-caption") for line in lines)
            close_tree(*old)
        self._arrange()

    def toggle(self) -> None:
        """Open a closed one, close an open one."""
        self.is_open = not self.is_open
        self._arrange()

    def _arrange(self) -> None:
        if self.is_open and not self._is_drawn:
            self._is_drawn = True
            self._drawing.children = tuple(self._drawn())
        self._button.description = f"{'▾' if self.is_open else '▸'} {self._title}"
        below = (self._box, self._drawing) if self.is_open else ()
        if self.widget.children != (self._button, *below):
            self.widget.children = (self._button, *below)
