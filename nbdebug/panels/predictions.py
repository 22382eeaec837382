"""The Predictions panel: how predictions are spread, and where the model is most shockingly wrong."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.panels.comparing import Comparing
from nbdebug.panels.listing import Listing
from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.metric_table import MetricTable
from nbdebug.panels.parts.metric_views import MetricViews
from nbdebug.panels.parts.new_slice import new_slice
from nbdebug.panels.parts.region_slice import Held
from nbdebug.panels.parts.rest import Rest
from nbdebug.panels.scores import Scores, missing_labels
from nbdebug.panels.words import metric_line
from nbdebug.panels.working import Task
from nbdebug.records import Output, Selection
from nbdebug.records.progress import Progress
from nbdebug.records.slice import Slice
from nbdebug.render.plain import VBox, show

Judged = tuple[pd.DataFrame, np.ndarray | None, pd.DataFrame]
"""The predictions of all examples, which of them the slice holds (None for all), and the metrics of those."""


class PredictionsPanel(Panel):
    """Scores by label, metrics, and lists of the worst mistakes; a click lands in that very input.

    While the threshold moves, what is cheap follows: counts, costs, the point on a curve, the worst list. Metrics with
    their intervals, slices and the comparison with the metadata follow once it rests.
    """

    name = "predictions"
    title = "Predictions"
    order = 50
    depends = frozenset({"output", "example", "slice"})

    _table: pd.DataFrame | None = None
    _rows: np.ndarray | None = None
    _output: Output | None = None
    _rest: Rest | None = None

    def build(self) -> w.Widget:
        """Metrics, the metadata's own predictions, histogram with threshold, pictures, list."""
        self._rest = Rest(lambda: self.guarded(lambda _: self._rested())(None))
        self._metrics = MetricTable()
        self._comparing = Comparing(self, self._compared, self._save)
        self._scores = Scores(self.guarded(lambda _change: self._moved()), self.guarded, self._save)
        self._views = MetricViews()
        self._views.on_pick(self.guarded(lambda _change: self._mark()))
        self._listing = Listing(self, lambda: self._scores.threshold, lambda: self._comparing.comparison)
        self.shared.threshold.observe(self._judge)
        parts = (self._metrics, self._comparing, self._scores, self._views, self._listing)
        self._content = VBox([part.widget for part in parts])
        return self._content

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Predict for the selected output; mark the selected example."""
        self._listing.select(selection.example)
        self._comparing.choose(selection.example)
        if changed == {"example"}:
            return
        self._output = next((output for output in self.bench.outputs if output.name == selection.output), None)
        if "output" in changed:
            self._comparing.turn_to(self._output)
        if self._output is None:
            self._metrics.say("No output is selected.")
            self._arrange(False)
            return
        self._compute(self._show, self._content)

    def call(self, selection: Selection) -> str:
        """The call behind the list; behind the histogram where there is no list yet."""
        output = self._output
        if output is None or output.name != selection.output or self._listing.is_empty:
            return self.bench.call_text("predictions", output=selection.output)
        return self._comparing.call() if self._listing.is_alone else self._listing.call(selection)

    def release(self) -> None:
        """Wait for no slider any more."""
        if self._rest is not None:
            self._rest.stop()
        super().release()

    def _compute(self, done: Callable[..., None], stage: VBox) -> None:
        output, where, threshold = self._output, self.bench.store.selection.slice, self.shared.threshold.value
        assert output is not None

        def work(progress: Progress) -> Judged:
            table = self.bench.predictions(output.name, progress=progress)
            rows = self.bench.slice_rows(where, output.name, threshold=threshold)
            return table, rows, self.bench.metrics(output.name, where, threshold=threshold)

        doing = f"predictions of {output.name}"
        self.work(Task(work, lambda found: done(*found), doing, haste="patient", stage=stage))

    def _show(self, every: pd.DataFrame, rows: np.ndarray | None, metrics: pd.DataFrame) -> None:
        assert self._output is not None
        self._rows, self._table = rows, every if rows is None else every[rows]
        labelled = missing_labels(self._table) < len(self._table)
        self._scores.show(self._output, self._table)
        self._listing.turn_to(self._output, self._table if labelled else None)
        self._arrange(labelled)
        if labelled:
            weights = self.bench.weights
            of = None if weights is None else weights[self._table["example"]]
            self._views.show(self._table, self._output.kind, of)
            self._comparing.draw(rows)
        self._show_metrics(metrics)
        self._moved()

    def _show_metrics(self, metrics: pd.DataFrame) -> None:
        assert self._output is not None
        assert self._table is not None
        n, missing = len(self._table), missing_labels(self._table)
        threshold = self.shared.threshold.value if self._output.kind == "binary" else None
        where, note = self.bench.store.selection.slice, str(self._table.attrs.get("note", ""))
        self._metrics.show(metrics, n, missing, where=where, threshold=threshold, note=note)
        self.summary.value = metric_line(metrics, 0, short=True) if missing < n else "no labels"

    def _arrange(self, labelled: bool) -> None:
        """Show what there is something to show in."""
        show(self._scores.widget, self._output is not None)
        show(self._comparing.widget, labelled and self._comparing.has_metadata)
        for part in (self._views, self._listing):
            show(part.widget, labelled)

    def _moved(self) -> None:
        """The threshold moves, or there is something else to judge by it."""
        self._listing.list()
        self._mark()
        if self._rest is not None and self._scores.threshold != self.shared.threshold.value:
            self._rest.moved()

    def _rested(self) -> None:
        self.shared.threshold.pick(self._scores.threshold)
        self._listing.read_ahead()

    def _judge(self) -> None:
        """Judge by the threshold that was picked what is too slow to follow each move."""
        if self.live and self._output is not None and self._output.kind == "binary":
            self._compute(self._judged, self._metrics.widget)
            self._comparing.judge()

    def _judged(self, every: pd.DataFrame, rows: np.ndarray | None, metrics: pd.DataFrame) -> None:
        if self._table is None or not _same(rows, self._rows):  # a slice by outcome
            self._show(every, rows, metrics)
        else:
            self._show_metrics(metrics)

    def _mark(self) -> None:
        if self._scores.counts is not None:
            self._views.threshold(self._scores.counts)

    def _compared(self) -> None:
        self._listing.offer()
        self._listing.list()

    def _save(self, held: Held) -> None:
        self.guarded(lambda _: self._define(held))(None)

    def _define(self, held: Held) -> None:
        output = self._output
        if output is None:
            return
        inside = np.zeros(self.bench.n_examples, dtype=bool)
        inside[held.examples] = True

        def work(_progress: Progress) -> Slice:
            return new_slice(self.bench, inside, held.name, output=output.name, note=held.drawn)

        self.work(Task(work, lambda made: self.select(slice=made.name), f"slice {held.name}", "save"))


def _same(rows: np.ndarray | None, before: np.ndarray | None) -> bool:
    return rows is before or (rows is not None and before is not None and np.array_equal(rows, before))
