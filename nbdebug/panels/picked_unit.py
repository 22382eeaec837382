"""The one unit of a layer that all panels point at."""

from __future__ import annotations

from collections.abc import Callable

Observer = Callable[[], None]


class PickedUnit:
    """A unit belongs to its layer: on another layer none is picked."""

    def __init__(self) -> None:
        self._layer: str | None = None
        self._unit: int | None = None
        self._observers: list[Observer] = []

    def of(self, layer: str | None) -> int | None:
        """The unit of `layer` that is picked, None without one."""
        return self._unit if layer == self._layer else None

    def pick(self, layer: str | None, unit: int | None) -> None:
        """Pick this one; None lets go of it. Nothing is told where nothing changes."""
        if unit != self.of(layer):
            self._layer, self._unit = layer, unit
            for observer in list(self._observers):
                observer()

    def observe(self, observer: Observer) -> None:
        """Call `observer()` when another unit is picked."""
        self._observers.append(observer)
