"""The worst mistakes, for the Predictions panel: listed by the threshold of the moment, read ahead once it rests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w
import pandas as pd

from nbdebug.panels.ahead import fetch_ahead
from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.worst_list import SHOWN, WorstList
from nbdebug.records import Output, Selection
from nbdebug.records.baseline import Comparison


class Listing:
    """Lists, lays the trail that previous and next walk along, and lets an example be picked.

    Args:
        panel: whose list it is.
        threshold: tells the one of the moment.
        against: tells the comparison with the metadata, None before there is one.
    """

    def __init__(self, panel: Panel, threshold: Callable[[], float], against: Callable[[], Comparison | None]) -> None:
        self._panel, self._bench, self._threshold, self._against = panel, panel.bench, threshold, against
        self._worst = WorstList(panel.guarded(lambda _change: self.list()), panel.guarded(self._picked))
        self._output: Output | None = None
        self._table: pd.DataFrame | None = None
        self._ahead: Sequence[int] = ()

    @property
    def widget(self) -> w.Widget:
        """What it is shown in."""
        return self._worst.widget

    @property
    def is_alone(self) -> bool:
        """Whether it lists what only one of network and metadata gets right."""
        return self._worst.is_alone

    @property
    def is_empty(self) -> bool:
        """Whether there is no list to pick."""
        return self._worst.name is None

    def select(self, example: int | None) -> None:
        """Mark the selected example."""
        self._worst.select(example)

    def turn_to(self, output: Output, table: pd.DataFrame | None) -> None:
        """List the rows of this table of predictions from now on; None where there are no labels."""
        self._output, self._table = output, table
        self.offer()

    def offer(self) -> None:
        """Offer the lists there are; there may be a comparison now."""
        if self._output is not None:
            self._worst.offer(self._output.kind, self._against())

    def list(self) -> None:
        """List by the threshold of the moment."""
        output, table = self._output, self._table
        if output is None or table is None or self._worst.name is None:
            return
        examples = self._worst.show(output, table, self._threshold(), self._against())
        self._panel.shared.trail.lay(examples, self._worst.name)
        self._panel.copy_text(self._bench.store.selection)
        self._ahead = examples[:2]
        self.read_ahead()

    def read_ahead(self) -> None:
        """Fetch what a click would ask for; not while the threshold moves, as the list changes with each move."""
        rests = self._threshold() == self._panel.shared.threshold.value
        if self._ahead and rests and not self._bench.stale():
            fetch_ahead(self._bench, self._bench.store.selection, self._ahead, gradients=True)

    def call(self, selection: Selection) -> str:
        """The call behind the list."""
        assert self._output is not None
        asked: dict[str, Any] = {
            "outcome": self._worst.outcome,
            "n": SHOWN,
            "output": self._output.name,
            "where": selection.slice,
        }
        if self._output.kind == "binary":
            asked["threshold"] = self._threshold()
        return self._bench.call_text("worst", **asked)

    def _picked(self, key: str) -> None:
        self._panel.select(example=int(key))
        self._panel.shared.opened("example")
