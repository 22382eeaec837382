"""Results kept for the next time, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from nbdebug.measure.memory import size_of


class Memo:
    """Keeps the results used last; the longest unused go first.

    Args:
        limit: bytes; a result that alone is larger than half of it is not kept.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self.used = 0

    def get(self, key: Hashable) -> Any:
        """The result kept under `key`, None without one."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Hashable, result: Any) -> None:
        """Keep `result`, and let go of the longest unused ones beyond the limit."""
        size = size_of(result)
        if size > self._limit // 2:
            return
        with self._lock:
            _, old = self._kept.pop(key, (None, 0))
            self._kept[key] = (result, size)
            self.used += size - old
            while self.used > self._limit:
                _, (_, gone) = self._kept.popitem(last=False)
                self.used -= gone

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()
            self.used = 0
