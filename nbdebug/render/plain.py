"""Text, boxes and buttons whose look is the style sheet's alone.

Stock widgets each bring a layout and a style of their own, messages of more than a kilobyte that say nothing. These
share one of each kind.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import RLock
from typing import Any
from weakref import WeakSet

import ipywidgets as w
from traitlets import default

_lock = RLock()
_lent: dict[type[w.Widget], tuple[w.Widget, WeakSet[w.Widget]]] = {}


class _Plain(w.DOMWidget):  # type: ignore[misc]
    """Takes its CSS classes when it is made, and a shared layout unless it is given one."""

    def __init__(self, *given: Any, css: str = "", **traits: Any) -> None:
        super().__init__(*given, _dom_classes=css.split(), **traits)

    def close(self) -> None:
        """Close it, and what it was the last to share."""
        super().close()
        _give_back(self)

    @default("layout")  # type: ignore[untyped-decorator]
    def _share_layout(self) -> w.Layout:
        return _lend(w.Layout, self)


class Label(_Plain, w.Label):  # type: ignore[misc]
    """A line of text, never markup."""

    @default("style")  # type: ignore[untyped-decorator]
    def _share_style(self) -> w.Widget:
        return _lend(w.widget_string.LabelStyle, self)


class Button(_Plain, w.Button):  # type: ignore[misc]
    """A button with a text; `clicked` is called with the button."""

    def __init__(self, text: str, clicked: Callable[[Any], Any], **traits: Any) -> None:
        super().__init__(description=text, **traits)
        self.on_click(clicked)

    @default("style")  # type: ignore[untyped-decorator]
    def _share_style(self) -> w.Widget:
        return _lend(w.ButtonStyle, self)


class HBox(_Plain, w.HBox):  # type: ignore[misc]
    """Widgets side by side."""


class VBox(_Plain, w.VBox):  # type: ignore[misc]
    """Widgets one below the other."""


class Image(_Plain, w.Image):  # type: ignore[misc]
    """A PNG."""

    def __init__(self, value: bytes = b"", **traits: Any) -> None:
        super().__init__(value=value, format="png", **traits)


def show(widget: w.DOMWidget, shown: bool = True) -> None:
    """Show a widget where it stands, or hide it there.

    To take a box out of its parent while the browser still draws what is in it is an error in the browser's console.
    The page does not hear of the classes of an anywidget: put it into a box, and hide that.
    """
    (widget.remove_class if shown else widget.add_class)("nbdebug-hidden")


class Stage(VBox):
    """Widgets that take turns: each stays where it is once it was shown, all but one of them out of sight.

    They keep their width there: a slow browser may still have to draw what is no longer on show, and a figure cannot be
    laid out where it has no room.
    """

    children: Any

    def __init__(self) -> None:
        super().__init__(css="nbdebug-stage")

    def present(self, widget: w.Widget | None) -> None:
        """Show this one alone, or none."""
        if widget is not None and widget not in self.children:
            self.children = (*self.children, widget)
        for child in self.children:
            (child.add_class, child.remove_class)[child is widget]("nbdebug-aside")


def is_lent(widget: w.Widget) -> bool:
    """Whether others may share `widget`, so that it closes by itself with the last of them."""
    return any(widget is shared for shared, _ in _lent.values())


def _lend(kind: type[w.Widget], to: w.Widget) -> w.Widget:
    with _lock:
        if kind not in _lent or _lent[kind][0].comm is None:
            _lent[kind] = (kind(), WeakSet())
        shared, users = _lent[kind]
        users.add(to)
        return shared


def _give_back(user: w.Widget) -> None:
    with _lock:
        for kind, (shared, users) in list(_lent.items()):
            users.discard(user)
            if not users:
                del _lent[kind]
                shared.close()
