"""Lines that a button shows and hides."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w

from nbdebug.panels.closing import close_tree
from nbdebug.render.plain import Button, Label, VBox


class Fold:
    """A line that says what is below it; a click shows or hides that.

    Args:
        css: classes of the box, beside `nbdebug-fold`.
    """

    def __init__(self, css: str = "") -> None:
        self._open = False
        self._title = ""
        self._lines: tuple[str, ...] = ()
        self._button = Button("", lambda _button: self._toggle(), css="nbdebug-fold-button")
        self._box = VBox(css="nbdebug-fold-lines")
        self.widget: w.Widget = VBox([self._button], css=f"nbdebug-fold {css}")

    def show(self, title: str, lines: Sequence[str]) -> None:
        """Let it hold these lines."""
        self._title = title
        if tuple(lines) != self._lines:
            old, self._lines = self._box.children, tuple(lines)
            self._box.children = tuple(Label(line, css="nbdebug-caption") for line in lines)
            close_tree(*old)
        self._arrange()

    def _toggle(self) -> None:
        self._open = not self._open
        self._arrange()

    def _arrange(self) -> None:
        self._button.description = f"{'▾' if self._open else '▸'} {self._title}"
        self.widget.children = (self._button, self._box) if self._open else (self._button,)
