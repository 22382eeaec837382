"""All checks there are: the files in the folders beside this one, and what other packages bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

from nbdebug.checks.check import Check

FAMILIES = ("contract", "architecture", "data", "initialisation", "dynamics")
GROUP = "nbdebug.checks"
"""Entry points of this group name a `Check`; its family is "dynamics" where it has none of its own."""


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check, in the order of the families, then by name; those that are slow, or train, last."""
    known = (*_own(), *_brought())
    return tuple(sorted(known, key=lambda check: (check.trains, check.slow, FAMILIES.index(check.family))))


def _own() -> Iterator[Check]:
    for family in FAMILIES:
        package = import_module(f"nbdebug.checks.{family}")
        for info in sorted(iter_modules(package.__path__), key=lambda info: info.name):
            if not info.name.startswith("_"):
                module = import_module(f"{package.__name__}.{info.name}")
                yield replace(module.CHECK, name=info.name, family=family)


def _brought() -> Iterator[Check]:
    for point in entry_points(group=GROUP):
        check = point.load()
        yield replace(check, name=point.name, family=check.family or FAMILIES[-1])
