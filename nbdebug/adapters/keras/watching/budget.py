"""How long a look before training may take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nbdebug.records.case import Case

SECONDS, STEPS = 2.0, 5
"""A look before training takes so many seconds, or so many of the model's own steps, whichever is longer."""
_BACKWARD = 3.0
"""A step costs about three forward passes of its batch."""
_MOST, _SHARE = 30.0, 0.25
"""After so many seconds, and so large a share of all time, every further fit gets the quick checks alone."""


class Budget:
    """The time of one look, from now on.

    Args:
        seconds: that it may take in any case.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds, self._begun = seconds, time.monotonic()
        self._measured = False

    def left(self, case: Case) -> bool:
        """Whether there is time for one more check; a model whose steps are slow is given more."""
        if self._spent < self._seconds:
            return True
        if not self._measured:
            self._seconds, self._measured = max(self._seconds, STEPS * step_seconds(case)), True
        return self._spent < self._seconds

    @property
    def _spent(self) -> float:
        return time.monotonic() - self._begun


class Purse:
    """What all looks have cost, against how long the process runs."""

    def __init__(self) -> None:
        self._spent, self._begun = 0.0, time.monotonic()

    @property
    def is_empty(self) -> bool:
        """Whether looking has become dear."""
        return self._spent > max(_MOST, _SHARE * (time.monotonic() - self._begun))

    @contextmanager
    def pays(self) -> Iterator[None]:
        """What is done inside is counted."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._spent += time.monotonic() - begun


def step_seconds(case: Case) -> float:
    """About how long an optimiser update takes, told from a forward pass; 0 where that cannot be made."""
    if case.predict is None:
        return 0.0
    size = case.training.batch_size or 32
    return _BACKWARD * _timed(lambda: case.predict({name: v[:size] for name, v in case.inputs.items()}))  # type: ignore[misc]


def _timed(work: Callable[[], object]) -> float:
    begun = time.monotonic()
    work()
    return time.monotonic() - begun
