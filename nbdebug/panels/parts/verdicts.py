"""What each check came to, below what was found."""

from __future__ import annotations

from nbdebug.panels.parts.fault_words import spoken, verdict_rows, verdict_title
from nbdebug.panels.parts.faults import Faults
from nbdebug.panels.parts.fold import Fold
from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.table import Table
from nbdebug.panels.words import counted


class Verdicts:
    """A fold: what found something, and what could not judge, by its reason; the clear ones, many, in a fold of it."""

    def __init__(self) -> None:
        self._table = Table(columns=[column("verdict"), column("checks")], label="verdicts of the checks")
        self._clear = Fold("nbdebug-clear-checks")
        self._all = Fold("nbdebug-verdicts", lambda: (self._table, self._clear.widget))
        self.widget = self._all.widget

    def show(self, faults: Faults) -> None:
        """Say what these came to."""
        clear = faults.of_kind("clear")
        self._table.rows = verdict_rows(faults)
        (self._table.remove_class if self._table.rows else self._table.add_class)("nbdebug-hidden")
        self._clear.show(f"{counted(len(clear), 'check')} clear", [", ".join(map(spoken, clear)) or "none"])
        self._all.show(verdict_title(faults))
