"""What the checkups of a session have found, the same for every cell and every view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from nbdebug.panels.parts.faults import Fault, Faults, fault_of
from nbdebug.records.finding import Finding
from nbdebug.records.report import Report

Observer = Callable[[], None]


class Book:
    """Faults, what the user has dismissed, and of which weights the last full checkup speaks.

    Attributes:
        faults: what has been found, and what became of it.
        dismissed: faults that the user does not want to be told about.
        state: fingerprint of the weights that all checks looked at last, None before.
        fit: what the last full checkup was told of `fit`; who looks again tells the same.
    """

    def __init__(self) -> None:
        self.faults = Faults()
        self.dismissed: set[Fault] = set()
        self.state: str | None = None
        self.fit: Mapping[str, Any] = {}
        self._observers: list[Observer] = []

    def enter(self, report: Report, state: str, *, all_anew: bool, fit: Mapping[str, Any]) -> None:
        """Note what these checks say.

        Args:
            report: what they say.
            state: fingerprint of the weights that they looked at.
            all_anew: whether every check was asked.
            fit: what they were told of `fit`.
        """
        self.faults = self.faults.after(report, all_anew=all_anew)
        if all_anew:
            self.state, self.fit = state, dict(fit)
        self._tell()

    def carry_on(self, old: Book) -> None:
        """Take over what was found in a session that this one replaces: it is mended once it is no longer found."""
        self.faults = old.faults.unchecked()

    def put_away(self, finding: Finding) -> None:
        """Dismiss it, or bring it back; a mended one leaves for good."""
        if self.faults.is_mended(finding):
            self.faults = self.faults.without(finding)
        else:
            self.dismissed.symmetric_difference_update({fault_of(finding)})
        self._tell()

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Call `observer()` when anything changes; returns how to stop that."""
        self._observers.append(observer)
        return lambda: self._observers.remove(observer) if observer in self._observers else None

    def _tell(self) -> None:
        for observer in list(self._observers):
            observer()
