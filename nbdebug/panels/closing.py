"""Giving back what widgets hold, on both sides of the wire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import ipywidgets as w

from nbdebug.render.plain import is_lent

_OURS = ("nbdebug.panels", "nbdebug.render")


def close_tree(*roots: w.Widget, spare: Iterable[w.Widget] = ()) -> None:
    """Close these widgets and every widget they refer to (children, layouts, styles, marks, scales ...).

    Args:
        spare: widgets that others still use; neither they nor what only they refer to is closed.
    """
    seen = {id(widget) for widget in spare}
    waiting = list(roots)
    while waiting:
        widget = waiting.pop()
        if id(widget) in seen or widget.comm is None or is_lent(widget):
            continue
        seen.add(id(widget))
        for name in widget.keys:
            if widget.trait_has_value(name):  # do not make defaults only to close them
                waiting.extend(held_by(getattr(widget, name)))
        widget.close()


def held_by(*holders: Any) -> Iterator[w.Widget]:
    """The widgets that these values are or hold, in collections and in the parts panels and figures are made of."""
    seen: set[int] = set()
    waiting = list(holders)
    while waiting:
        value = waiting.pop()
        if isinstance(value, w.Widget):
            yield value
        elif id(value) not in seen:
            seen.add(id(value))
            waiting.extend(_inside(value))


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, (list, tuple)):
        return value
    return vars(value).values() if type(value).__module__.startswith(_OURS) and hasattr(value, "__dict__") else ()
