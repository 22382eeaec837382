"""Waiting until a slider rests."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Timer, current_thread
from time import monotonic

REST = 0.4
"""Seconds without a move after which something rests; as long as the time scrubber waits."""


class Rest:
    """Calls `rested()` once, on a thread of its own, when nothing has moved for a while.

    Args:
        rested: what is too slow to be done at each move.
        after: seconds.
    """

    def __init__(self, rested: Callable[[], None], after: float = REST) -> None:
        self._rested, self._after = rested, after
        self._lock = Lock()
        self._timer: Timer | None = None
        self._due = 0.0

    def moved(self) -> None:
        """Something moved: wait anew. A timer is a thread, so the one that runs is told rather than replaced."""
        with self._lock:
            self._due = monotonic() + self._after
            if self._timer is None:
                self._wait(self._after)

    def now(self) -> None:
        """Wait no longer, if anything is waited for."""
        with self._lock:
            waited = self._timer is not None
            self._cancel()
        if waited:
            self._rested()

    def stop(self) -> None:
        """Wait for nothing any more."""
        with self._lock:
            self._cancel()

    def _wait(self, seconds: float) -> None:
        self._timer = Timer(seconds, self._look)
        self._timer.daemon = True
        self._timer.start()

    def _look(self) -> None:
        with self._lock:
            if self._timer is not current_thread():
                return
            left = self._due - monotonic()
            if left > 0:
                self._wait(left)
                return
        self.now()

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
