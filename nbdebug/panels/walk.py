"""Which panels there are: those in this folder, and those of third parties."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

import nbdebug.panels
from nbdebug.panels.panel import Panel

GROUP = "nbdebug.panels"
"""Entry point group in which other packages name their `Panel` subclasses."""


def panel_types() -> list[type[Panel]]:
    """Every panel, in the order in which they are stacked."""
    found = {kind for module in iter_modules(nbdebug.panels.__path__) for kind in _defined_in(module.name)}
    found |= {point.load() for point in entry_points(group=GROUP)}
    return sorted(found, key=lambda kind: (kind.order, kind.name))


def _defined_in(name: str) -> list[type[Panel]]:
    module = import_module(f"nbdebug.panels.{name}")
    return [
        thing
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Panel)
        and thing is not Panel
        and thing.__module__ == module.__name__
    ]
