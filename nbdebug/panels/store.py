"""The one selection and who wants to know of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import asdict, replace
from threading import Lock
from typing import Any

from nbdebug.records import Selection

Observer = Callable[[Selection, frozenset[str]], None]


class SelectionStore:
    """Holds the selection and tells observers which of its fields changed.

    Changes are told one after the other, in the order in which they were made, to all observers alike. Whoever makes a
    change while another is being told leaves it to that teller and goes on, so no lock is held while observers run.
    """

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._observers: list[Observer] = []
        self._untold: deque[tuple[Selection, frozenset[str]]] = deque()
        self._telling = False
        self._lock = Lock()

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
                self._untold.append((self._selection, changed))
            selected, tell = self._selection, bool(changed) and not self._telling
            self._telling = self._telling or tell
        if tell:
            self._tell()
        return selected

    def _tell(self) -> None:
        while (news := self._next()) is not None:
            for observer in list(self._observers):
                try:
                    observer(*news)
                except BaseException:
                    with self._lock:
                        self._telling = False
                    raise

    def _next(self) -> tuple[Selection, frozenset[str]] | None:
        with self._lock:
            if self._untold:
                return self._untold.popleft()
            self._telling = False
            return None
