"""A model in one state of its weights: what is computed belongs to that state or is refused."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from threading import RLock
from typing import Any, Protocol, TypeVar, runtime_checkable

from nbdebug.errors import NbdebugError
from nbdebug.measure.memo import Memo
from nbdebug.measure.memory import make_read_only

T = TypeVar("T")

_MEMO_BYTES = 256_000_000
_GLANCE = 0.2


@runtime_checkable
class Fingerprinted(Protocol):
    """Anything whose state can be told apart from another."""

    def fingerprint(self) -> str: ...


class Snapshot:
    """Lets one computation at a time use the model, keeps results, and never mixes two states of the weights.

    Args:
        probe: the model; its `fingerprint()` changes when a weight does.
        memo_bytes: how much memory results may hold.
    """

    def __init__(self, probe: Fingerprinted, memo_bytes: int = _MEMO_BYTES) -> None:
        self._probe: Fingerprinted | None = probe
        self._lock = RLock()
        self._memo = Memo(memo_bytes)
        self.fingerprint = probe.fingerprint()
        self._glanced = (float("-inf"), "")

    def run(self, key: Hashable, work: Callable[[], T]) -> T:
        """The result kept under `key`, else that of `work()`.

        Raises:
            NbdebugError: the weights are not those of this snapshot, before or after the work; or it is closed.
        """
        self._check_state("The weights have changed since this session looked at them.")
        kept = self._memo.get((key, self.fingerprint))
        if kept is not None:
            return kept
        with self._lock:
            fingerprint = self.fingerprint
            kept = self._memo.get((key, fingerprint))
            if kept is not None:
                return kept
            result = work()
            make_read_only(result)
            self._check_state("The weights changed while this was computed, so it would mix two states.")
            if fingerprint == self.fingerprint:
                self._memo.put((key, fingerprint), result)
            return result

    def kept(self, key: Hashable) -> Any:
        """The result kept under `key` for this state, None without one."""
        return self._memo.get((key, self.fingerprint))

    def keep(self, key: Hashable, result: Any) -> None:
        """Keep a result that was computed for this state."""
        self._memo.put((key, self.fingerprint), result)

    def is_stale(self) -> bool:
        """Whether the weights differ from those of the snapshot; looks at most five times a second."""
        looked, seen = self._glanced
        if time.monotonic() - looked > _GLANCE or seen == "":
            seen = self._open_probe().fingerprint()
            self._glanced = (time.monotonic(), seen)
        return seen != self.fingerprint

    def refresh(self) -> None:
        """Take the present weights; what was computed for the old ones is dropped."""
        with self._lock:
            self.fingerprint = self._open_probe().fingerprint()
            self._glanced = (float("-inf"), "")
            self._memo.clear()

    def close(self) -> None:
        """Let go of the model and of everything computed."""
        self._probe = None
        self._memo.clear()

    def _open_probe(self) -> Fingerprinted:
        if self._probe is None:
            raise closed_error()
        return self._probe

    def _check_state(self, what: str) -> None:
        if self._open_probe().fingerprint() != self.fingerprint:
            self._glanced = (float("-inf"), "")
            raise NbdebugError(
                what,
                got="other weights than at the session's start or last refresh",
                fix="session.refresh() takes the present weights; wait for a running fit to end",
            )


def closed_error() -> NbdebugError:
    """The error of every call of a session that is closed."""
    return NbdebugError(
        "This session is closed.", got="a call after session.close()", fix="open another: nbdebug.debug(model, x, y)"
    )
