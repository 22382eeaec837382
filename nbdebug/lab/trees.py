"""Walking over the widgets that hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ipywidgets import Layout, Widget
from ipywidgets.widgets.widget_style import Style

_PASSIVE = (Layout, Style)


def widgets_in(value: object) -> Iterator[Widget]:
    """The widgets that a trait's value is or holds; layouts and styles, which nobody clicks, are left out."""
    if isinstance(value, Widget):
        if not isinstance(value, _PASSIVE):
            yield value
    elif isinstance(value, Mapping | list | tuple):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from widgets_in(item)


def walk(widget: Widget) -> Iterator[Widget]:
    """`widget` and everything that its synchronised traits hold, each once, in reading order."""
    seen: set[int] = set()
    waiting = [widget]
    while waiting:
        here = waiting.pop()
        if id(here) not in seen:
            seen.add(id(here))
            yield here
            made = filter(here.trait_has_value, here.keys)  # a default is not made only to be looked at
            below = [widget for name in made for widget in widgets_in(getattr(here, name))]
            waiting.extend(reversed(below))
