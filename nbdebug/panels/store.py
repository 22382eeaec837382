"""The one selection and who wants to know of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from threading import RLock
from typing import Any

from nbdebug.records import Selection

Observer = Callable[[Selection, frozenset[str]], None]


class SelectionStore:
    """Holds the selection and tells observers which of its fields changed.

    Observers run in the thread that changed the selection, one change at a time.
    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._observers: list[Observer] = []
        self._lock = RLock()

    @property
    def selection(self) -> Selection:
        """What is selected now."""
        return self._selection

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Call `observer(selection, changed_fields)` at every later change; returns how to stop that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer) if observer in self._observers else None

    def update(self, **fields: Any) -> Selection:
        """Select these; fields that are not named stay. Nothing is told where nothing changes."""
        with self._lock:
            before = asdict(self._selection)
            changed = frozenset(name for name, value in fields.items() if before[name] != value)
            if changed:
                self._selection = replace(self._selection, **fields)
                for observer in list(self._observers):
                    observer(self._selection, changed)
            return self._selection
