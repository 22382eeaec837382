"""Giving back what widgets hold, on both sides of the wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ipywidgets as w


def close_tree(*roots: w.Widget, spare: Iterable[w.Widget] = ()) -> None:
    """Close these widgets and every widget they refer to (children, layouts, styles, marks, scales ...).

    Args:
        spare: widgets that others still use; neither they nor what only they refer to is closed.
    """
    seen = {id(widget) for widget in spare}
    waiting = list(roots)
    while waiting:
        widget = waiting.pop()
        if id(widget) in seen or widget.comm is None:
            continue
        seen.add(id(widget))
        waiting.extend(_referred(widget))
        widget.close()


def _referred(widget: w.Widget) -> Iterator[w.Widget]:
    for name in widget.keys:
        if widget.trait_has_value(name):  # do not make defaults only to close them
            yield from _widgets(getattr(widget, name))


def _widgets(value: Any) -> Iterator[w.Widget]:
    if isinstance(value, w.Widget):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _widgets(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _widgets(item)
