"""Ending a script that runs past its limit, at a step boundary where it trains."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable

AGAIN = 5.0
"""Seconds after which a script that swallowed the end is told once more."""
GRACE = 20.0
"""Seconds after the limit in which a script may come to the end of its step before its process is ended."""


class LimitReached(BaseException):
    """The script ran past its limit; no `except Exception` of the script catches it."""


class Limit:
    """Raises `LimitReached` from a point in time on.

    Args:
        seconds: from now, None for no limit.
        training: whether a fit runs, which ends at its next step instead of at once.
    """

    def __init__(self, seconds: float | None, training: Callable[[], bool]) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds
        self._training = training
        if (
            seconds is not None
            and hasattr(signal, "setitimer")
            and threading.current_thread() is threading.main_thread()
        ):
            signal.signal(signal.SIGALRM, self._rang)
            signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)

    def stop(self) -> None:
        """Raise where the limit has passed; called before every step."""
        if self._end is not None and time.monotonic() >= self._end:
            raise LimitReached

    def lift(self) -> None:
        """Let go: the script has ended."""
        self._end = None
        if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _rang(self, *_signal: object) -> None:
        if not self._training():
            self.stop()
