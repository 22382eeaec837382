"""Work of a process that can be told to end between two batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from nbdebug.errors import Cancelled
from nbdebug.records.progress import Progress

_PATIENCE = 30.0
"""Seconds to wait for a batch to end; batches are sized to about half a second."""

_stopped: set[str] = set()
_running: Counter[str] = Counter()
_changed = Condition()


@contextmanager
def stoppable(name: str) -> Iterator[Progress]:
    """What is done inside belongs to the work of that name; call what is handed out after each batch.

    Raises:
        Cancelled: from what is handed out, once the work is stopped.
    """

    def go_on(_done: int, _total: int) -> None:
        if name in _stopped:
            raise Cancelled

    with _changed:
        _running[name] += 1
    try:
        go_on(0, 1)
        yield go_on
    finally:
        with _changed:
            _running[name] -= 1
            if not _running[name]:
                del _running[name]
            _changed.notify_all()


def stop(name: str) -> None:
    """Let the work of that name in this process end after the batch that runs, and never begin again."""
    _stopped.add(name)


def wait(name: str) -> None:
    """Until nothing of that work runs in this process any more."""
    with _changed:
        _changed.wait_for(lambda: not _running[name], _PATIENCE)
