"""Waiting until a slider rests."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Timer

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

    def moved(self) -> None:
        """Something moved: wait anew."""
        with self._lock:
            self._cancel()
            self._timer = Timer(self._after, self.now)
            self._timer.daemon = True
            self._timer.start()

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

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
