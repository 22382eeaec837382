"""Objects of classes that say nothing of how they are made, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from inspect import isfunction
from typing import Any


def blank(kind: Any) -> Any:
    """An object of this class that no constructor has filled."""
    return kind.__new__(kind)


def held(thing: Any) -> Iterator[tuple[str, Any]]:
    """What its attributes hold, also in lists and mappings, with their names; those that a user sees first."""
    for name, first in sorted(vars(thing).items(), key=lambda pair: pair[0].startswith("_")):
        waiting = [first]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Mapping):
                waiting += value.values()
            elif isinstance(value, list | tuple | set):
                waiting += value
            else:
                yield name, value


def functions_on(thing: Any) -> set[str]:
    """Attributes that are functions; Keras gives each layer a `build` of its own."""
    return {name for name, value in vars(thing).items() if isfunction(value)}


def seen_by(function: Any) -> Iterator[Any]:
    """What a function refers to from where it was made."""
    for cell in function.__closure__ or ():
        with suppress(ValueError):  # empty
            yield cell.cell_contents
