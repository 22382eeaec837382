"""Slices of the user's own, side by side, for the Slices panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from nbdebug.errors import NbdebugError
from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.compared_slices import ComparedSlices
from nbdebug.panels.parts.new_slice import new_slice
from nbdebug.panels.parts.own_slices import OwnSlices
from nbdebug.panels.working import Task
from nbdebug.records import Output
from nbdebug.records.progress import Progress
from nbdebug.records.slice import Slice
from nbdebug.render.plain import VBox


class Own:
    """Makes slices, keeps those that are compared, and measures them all together.

    Args:
        panel: whose work it is.
        metric: tells what slices are measured by.
        picked: called with the slice of the row that was clicked.
    """

    def __init__(self, panel: Panel, metric: Callable[[], str], picked: Callable[[str], None]) -> None:
        self._panel, self._bench, self._metric = panel, panel.bench, metric
        metadata = panel.bench.metadata
        columns = () if metadata is None else tuple(dict.fromkeys(str(name) for name in metadata.columns))
        self._ways = OwnSlices(columns, self._define, self._by_column, panel.guarded)
        toggle = panel.guarded(lambda _press: self._toggle())
        clear = panel.guarded(lambda _press: self._compare(()))
        self._compared = ComparedSlices(toggle, clear, picked)
        self._output: Output | None = None
        self.widget: w.Widget = VBox([self._ways.widget, self._compared.widget])

    def turn_to(self, output: Output | None) -> None:
        """Another output, or other weights: what is compared is measured anew."""
        self._output = output
        self._offer_threshold()
        self._compare(self._bench.compared)

    def measure(self) -> None:
        """There is another metric or threshold; outcomes may also tell which examples a slice holds."""
        self._offer_threshold()
        self._compare(self._bench.compared)

    def select(self, name: str | None, found: tuple[str, ...]) -> None:
        """Mark the selected slice; one that was made elsewhere, such as from a picture, is taken in.

        Args:
            name: of the slice.
            found: slices that are listed already.
        """
        self._compared.select(name)
        if name in self._bench.slices and name not in (*self._bench.compared, *found):
            self._compare((*self._bench.compared, name))

    def _offer_threshold(self) -> None:
        binary = self._output is not None and self._output.kind == "binary"
        self._ways.threshold(self._panel.shared.threshold.value if binary else None)

    def _asked(self) -> dict[str, Any]:
        assert self._output is not None
        asked = {"metric": self._metric(), "output": self._output.name}
        return {**asked, "threshold": self._panel.shared.threshold.value}

    def _define(self, query: str, name: str) -> None:
        if self._output is None:
            return
        asked = self._asked()

        def work(_progress: Progress) -> Slice:
            return new_slice(self._bench, query, name or None, **asked)

        def done(made: Slice) -> None:
            self._ways.made()
            self._compare((*self._bench.compared, made.name))
            self._panel.select(slice=made.name)

        self._panel.work(Task(work, done, f"slice {query}", key=f"own {query}"))

    def _by_column(self, column: str) -> None:
        if self._output is None:
            return
        asked = self._asked()

        def work(_progress: Progress) -> tuple[Slice, ...]:
            return self._bench.slices_by(column, **asked)

        def done(made: tuple[Slice, ...]) -> None:
            self._compare((*self._bench.compared, *(each.name for each in made)))

        self._panel.work(Task(work, done, f"slices by {column}", key=f"by {column}"))

    def _toggle(self) -> None:
        name = self._bench.store.selection.slice
        if name in self._bench.compared:
            self._compare(tuple(each for each in self._bench.compared if each != name))
        elif name is not None:
            self._compare((*self._bench.compared, name))

    def _compare(self, names: tuple[str, ...]) -> None:
        self._bench.compared = names = tuple(dict.fromkeys(names))
        if self._output is None or not names:
            self._compared.show((), self._bench.store.selection.slice)
            return
        asked = self._asked()

        def work(_progress: Progress) -> tuple[tuple[Slice, ...], dict[str, str]]:
            untold = {name: why for name in names if (why := self._untold(name, asked))}
            return self._bench.compare_slices([name for name in names if name not in untold], **asked), untold

        def done(found: tuple[tuple[Slice, ...], dict[str, str]]) -> None:
            slices, untold = found
            self._compared.show(slices, self._bench.store.selection.slice, untold)

        self._panel.work(Task(work, done, "comparison of slices", key="compare", shows="list"))

    def _untold(self, name: str, asked: dict[str, Any]) -> str:
        """Why the output has no such slice, "" where it has: residual is a column of some outputs only."""
        try:
            self._bench.slice_rows(name, asked["output"], threshold=asked["threshold"])
        except NbdebugError as error:
            return f"{error.what} Got: {error.got}."
        return ""
