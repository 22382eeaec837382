"""The Predictions panel: how predictions are spread, and where the model is most shockingly wrong."""

from __future__ import annotations

from typing import Any, ClassVar

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.measure.outcomes import with_threshold
from nbdebug.measure.worst import worst_first
from nbdebug.panels.ahead import fetch_ahead
from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.against_metadata import AgainstMetadata
from nbdebug.panels.parts.metric_views import MetricViews
from nbdebug.panels.parts.rows import Rows, column, row
from nbdebug.panels.parts.table import Table
from nbdebug.panels.scores import Scores, missing_labels
from nbdebug.panels.words import interval, metric_line, number, value_text
from nbdebug.panels.working import Task
from nbdebug.records import Output, Selection
from nbdebug.records.baseline import Baseline, Comparison
from nbdebug.records.progress import Progress
from nbdebug.render.plain import HBox, Label, VBox

SHOWN = 50
"""How many rows a list has at most."""

_LISTS = {
    "binary": {"false negatives": "false_negative", "false positives": "false_positive", "largest loss": "loss"},
    "multiclass": {"wrong": "wrong", "largest loss": "loss"},
    "regression": {"largest residual": "residual", "largest loss": "loss"},
}
_NOBODY = "no example."
_NO_LABELS = "No labels were given, so there are no mistakes to list. Pass y to nbdebug.debug."


class PredictionsPanel(Panel):
    """Scores by label, metrics, and lists of the worst mistakes; a click lands in that very input."""

    name = "predictions"
    title = "Predictions"
    order = 50
    depends = frozenset({"output", "example", "slice"})

    _table: pd.DataFrame | None = None
    _alone: ClassVar[dict[str, str]] = {"only network right": "only_network", "only metadata right": "only_baseline"}
    _against: Comparison | None = None
    _output: Output | None = None

    def build(self) -> w.Widget:
        """Metrics, histogram with threshold, list."""
        self._line = Label(css="nbdebug-words")
        self._metrics = Table(
            columns=[column("metric"), *(column(title, align="right") for title in ("value", "95 % interval", "n"))],
            label="metrics",
        )
        self._note = Label(css="nbdebug-caption")
        self._scores = Scores(self.guarded(lambda _change: self._moved()), self.guarded)
        self._views = MetricViews()
        self._views.on_pick(self.guarded(lambda _change: self._mark()))
        self._which = w.Dropdown(description="Worst", style={"description_width": "auto"})
        self._which.observe(self.guarded(lambda _change: self._list()), "value")
        self._rows = Rows(
            columns=[column("example"), *(column(t, align="right") for t in ("label", "predicted", "loss"))],
            row_class="nbdebug-example-row",
            label="worst examples",
        )
        self._rows.on_pick(self.guarded(self._picked))
        options = HBox([self._which], css="nbdebug-options")
        self._worst = VBox([options, self._rows], css="nbdebug-worst")
        self._held = AgainstMetadata(lambda: self.guarded(lambda _press: self._hold())(None))
        self._content = VBox()
        return self._content

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Predict for the selected output; mark the selected example."""
        self._rows.selected = str(selection.example)
        if changed == {"example"}:
            return
        name = selection.output
        self._output = next((output for output in self.bench.outputs if output.name == name), None)
        if self._output is None:
            self._line.value = "No output is selected."
            self._content.children = (self._line,)
            return

        def work(progress: Progress) -> tuple[pd.DataFrame, pd.DataFrame]:
            table = self.bench.predictions(name, progress=progress)
            rows = self.bench.slice_rows(selection.slice, name)
            return table if rows is None else table[rows], self.bench.metrics(name, selection.slice)

        self._against = None
        self._held.clear()
        doing = f"predictions of {name}"
        self.work(Task(work, lambda found: self._show(*found), doing, haste="patient", stage=self._content))

    def call(self, selection: Selection) -> str:
        """The call behind the list; behind the histogram where there is no list yet."""
        if self._output is None or self._output.name != selection.output or self._which.value is None:
            return self.bench.call_text("predictions", output=selection.output)
        if self._which.value in self._alone:
            return self.bench.call_text("baseline", output=selection.output)
        outcome = _LISTS[self._output.kind][self._which.value]
        asked = {"outcome": outcome, "n": SHOWN, "output": selection.output, "where": selection.slice}
        if self._output.kind == "binary":
            asked["threshold"] = self._scores.threshold
        return self.bench.call_text("worst", **asked)

    def _show(self, table: pd.DataFrame, metrics: pd.DataFrame) -> None:
        assert self._output is not None
        self._table = table
        missing = missing_labels(table)
        labelled = missing < len(table)
        self._scores.show(self._output, table)
        self._note.value = "; ".join(
            dict.fromkeys(str(f.attrs["note"]) for f in (table, metrics) if f.attrs.get("note"))
        )
        self._line.value = metric_line(metrics, missing) if labelled else _NO_LABELS if len(table) else _NOBODY
        chosen = self.bench.store.selection.slice
        if chosen is not None:
            self._line.value = f"Of the slice {chosen}: {self._line.value}"
        self.summary.value = metric_line(metrics, 0, short=True) if labelled else "no labels"
        self._metrics.rows = [
            [str(metric), number(value), interval(low, high), f"{n:,}"]
            for metric, value, low, high, n in metrics.itertuples(index=False, name=None)
        ]
        self._offer(list(_LISTS[self._output.kind]))
        has_metadata = self.bench.metadata is not None and len(self.bench.metadata.columns) > 0
        always = [
            self._line,
            *[self._metrics] * labelled,
            *[self._held.widget] * (labelled and has_metadata),
            *[self._note] * bool(self._note.value),
            self._scores.widget,
            *[self._views.widget] * labelled,
        ]
        self._content.children = (*always, self._worst) if labelled else tuple(always)
        if labelled:
            weights = self.bench.weights
            self._views.show(table, self._output.kind, None if weights is None else weights[table["example"]])
        self._moved()

    def _moved(self) -> None:
        self._list()
        self._mark()

    def _mark(self) -> None:
        if self._scores.counts is not None:
            self._views.threshold(self._scores.counts)

    def _offer(self, lists: list[str]) -> None:
        if list(self._which.options) != lists:
            chosen = self._which.value
            self._which.options = lists
            self._which.value = chosen if chosen in lists else lists[0]

    def _hold(self) -> None:
        output = self._output
        if output is None:
            return

        def work(progress: Progress) -> Baseline:
            return self.bench.baseline(output=output.name, pulse=lambda: progress(0, 1))

        doing = f"baseline of {output.name}"
        self.work(Task(work, self._compared, doing, key="baseline", haste="patient", shows="comparison"))

    def _compared(self, baseline: Baseline) -> None:
        self._held.show(baseline)
        self._against = baseline.comparison
        if self._output is not None and self._against is not None:
            self._offer([*_LISTS[self._output.kind], *self._alone])

    def _listed(self, output: Output, table: pd.DataFrame, which: str) -> pd.DataFrame | None:
        if which in self._alone and self._against is not None:
            found = getattr(self._against, self._alone[which])
            rank = pd.Series(np.arange(len(found)), index=found)
            rows = table[table["example"].isin(found)]
            return rows.iloc[np.argsort(rank[rows["example"]].to_numpy())].head(SHOWN)
        if which not in _LISTS[output.kind]:
            return None
        judged = with_threshold(table, self._scores.threshold) if output.kind == "binary" else table
        return worst_first(judged, output.kind, _LISTS[output.kind][which], SHOWN)

    def _list(self) -> None:
        output, table, which = self._output, self._table, self._which.value
        if output is None or table is None or missing_labels(table) == len(table):
            return
        listed = self._listed(output, table, which)
        if listed is None:
            return
        self._rows.empty = f"No {which}."
        columns = [listed[name] for name in ("example", "label", "prediction", "loss")]
        self._rows.rows = [_row(output, *record) for record in zip(listed.index, *columns, strict=True)]
        examples = [int(example) for example in listed["example"]]
        selection = self.bench.store.selection
        self.shared.trail.lay(examples, which)
        self.copy_text(selection)
        if examples and not self.bench.stale():
            fetch_ahead(self.bench, selection, examples[:2], gradients=True)

    def _picked(self, key: str) -> None:
        self.select(example=int(key))
        self.shared.opened("example")


def _row(output: Output, name: Any, example: int, label: Any, prediction: Any, loss: float) -> dict[str, Any]:
    text = str(example) if str(name) == str(example) else f"{example} ({name})"
    cells = [text, value_text(label), value_text(prediction), number(float(loss)) if np.isfinite(loss) else "none"]
    return row(
        str(example),
        cells,
        classes=[f"nbdebug-example-{example}"],
        title=f"example {text}: {output.name} is {cells[1]}, predicted {cells[2]}, loss {cells[3]}",
    )
