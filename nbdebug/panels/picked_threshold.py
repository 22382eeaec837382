"""The one threshold that panels judge binary outputs by, once its slider rests."""

from __future__ import annotations

from collections.abc import Callable

from nbdebug.measure.outcomes import THRESHOLD

Observer = Callable[[], None]


class PickedThreshold:
    """The share from which on 1 is predicted."""

    def __init__(self) -> None:
        self.value = THRESHOLD
        self._observers: list[Observer] = []

    def pick(self, value: float) -> None:
        """Let this be the threshold from now on. Nothing is told where nothing changes."""
        if value != self.value:
            self.value = value
            for observer in list(self._observers):
                observer()

    def observe(self, observer: Observer) -> None:
        """Call `observer()` when the threshold is another."""
        self._observers.append(observer)
