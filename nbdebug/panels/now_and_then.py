"""News from the worker, often enough to be followed, and never in the way of a click."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from threading import RLock
from time import monotonic


class NowAndThen:
    """Tells what has come of a computation so far; what comes too soon, or while a click is answered, is left out.

    The worker calls it holding the model, so it must not wait for the lock.

    Args:
        lock: of `Jobs`.
        apart: seconds between two tellings, at least.
    """

    def __init__(self, lock: RLock, *, apart: float = 0.5) -> None:
        self._lock, self._apart = lock, apart
        self._told = -inf

    def __call__(self, tell: Callable[[], None]) -> None:
        """Call `tell` under the lock, or not at all."""
        if monotonic() - self._told < self._apart or not self._lock.acquire(blocking=False):
            return
        try:
            self._told = monotonic()
            tell()
        finally:
            self._lock.release()
