"""A model in one state of its weights: what is computed belongs to one state, and views know when theirs is past."""

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

    A call always speaks of the present weights. Views show those of the last `refresh`, until they are refreshed.

    Args:
        probe: the model; its `fingerprint()` changes when a weight does.
        memo_bytes: how much memory results may hold.
    """

    def __init__(self, probe: Fingerprinted, memo_bytes: int = _MEMO_BYTES) -> None:
        self._probe: Fingerprinted | None = probe
        self._lock = RLock()
        self._memo = Memo(memo_bytes)
        self.fingerprint = self._viewed = probe.fingerprint()
        self._glanced = (float("-inf"), "")

    def run(self, key: Hashable | None, work: Callable[[], T]) -> T:
        """The result kept under `key` for the present weights, else that of `work()`.

        Without a key nothing is kept: what depends on more than the weights is computed each time.

        Raises:
            NbdebugError: the weights changed during the work; or it is closed.
        """
        kept = self.kept(key)  # without waiting for a computation of somebody else
        if kept is not None:
            return kept
        with self._lock:
            self.fingerprint = present = self._open_probe().fingerprint()
            kept = self.kept(key)
            if kept is not None:
                return kept
            result = work()
            make_read_only(result)
            if self._open_probe().fingerprint() != present:
                raise mixed_error()
            if key is not None:
                self._memo.put((key, present), result)
            return result

    def kept(self, key: Hashable) -> Any:
        """The result kept under `key` for the present weights, None without one."""
        return self._memo.get((key, self._open_probe().fingerprint()))

    def keep(self, key: Hashable, result: Any) -> None:
        """Keep a result of the latest `run`."""
        self._memo.put((key, self.fingerprint), result)

    def is_stale(self, anew: bool = False) -> bool:
        """Whether the weights differ from those that views show; looks at most five times a second unless `anew`."""
        looked, seen = self._glanced
        if anew or time.monotonic() - looked > _GLANCE or seen == "":
            seen = self._open_probe().fingerprint()
            self._glanced = (time.monotonic(), seen)
        return seen != self._viewed

    @property
    def viewed(self) -> str:
        """The state that views show."""
        return self._viewed

    def refresh(self) -> None:
        """Let views take the present weights; what was computed before is dropped."""
        with self._lock:
            self._memo.clear()
            self.fingerprint = self._viewed = self._open_probe().fingerprint()
            self._glanced = (float("-inf"), "")

    def close(self) -> None:
        """Let go of the model and of everything computed."""
        self._probe = None
        self._memo.clear()

    def _open_probe(self) -> Fingerprinted:
        if self._probe is None:
            raise closed_error()
        return self._probe


def mixed_error() -> NbdebugError:
    """The error of work during which the model was trained."""
    return NbdebugError(
        "The weights changed while this was computed, so it would mix two states.",
        got="other weights at its end than at its start",
        fix="wait for the running fit to end and ask again",
    )


def closed_error() -> NbdebugError:
    """The error of every call of a session that is closed."""
    return NbdebugError(
        "This session is closed.", got="a call after session.close()", fix="open another: nbdebug.debug(model, x, y)"
    )
