"""Looking again and again while something runs elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread

EVERY = 0.5
"""Seconds between two looks: training is not to be slowed by being watched."""


class Ticker:
    """Calls `look()` on a thread of its own until that says no, or somebody stops it.

    Args:
        look: returns whether to look again.
        every: seconds between two looks.
    """

    def __init__(self, look: Callable[[], bool], every: float = EVERY) -> None:
        self._look, self._every = look, every
        self._lock = Lock()
        self._stopped: Event | None = None

    def start(self) -> None:
        """Begin, unless it runs already; returns at once."""
        with self._lock:
            if self._stopped is None:
                self._stopped = Event()
                Thread(target=self._run, args=(self._stopped,), name="nbdebug-ticker", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        with self._lock:
            if self._stopped is not None:
                self._stopped.set()
                self._stopped = None

    def _run(self, stopped: Event) -> None:
        goes_on = True
        while goes_on and not stopped.wait(self._every):
            try:
                goes_on = self._look()
            except Exception:  # the session was closed, or training changed what was read: nobody is to hear of it
                goes_on = not stopped.is_set()
        with self._lock:
            if self._stopped is stopped:
                self._stopped = None
