"""The Slices panel: which examples, told by their metadata, the model is worst on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.rows import Rows, column, ranges, row
from nbdebug.panels.words import counted, difference_text, number
from nbdebug.panels.working import Task
from nbdebug.records import Output, Selection
from nbdebug.records.progress import Progress
from nbdebug.records.slice import Slice
from nbdebug.render.plain import Button, HBox, Label, VBox

_METRICS = {"binary": ("loss", "accuracy"), "multiclass": ("loss", "accuracy"), "regression": ("loss", "MAE")}
_NO_METADATA = (
    "There is no metadata to tell slices by: nbdebug.debug(..., metadata=frame). What is predicted can be asked for "
    "all the same, such as label == 1."
)
_DEPTHS = {"1 condition": 1, "2 conditions": 2, "3 conditions": 3, "4 conditions": 4}


class SlicesPanel(Panel):
    """Slices that were found, and slices of your own; a click selects one for every panel."""

    name = "slices"
    title = "Slices"
    order = 70
    depends = frozenset({"output", "slice"})

    _output: Output | None = None
    _own: tuple[Slice, ...] = ()

    def build(self) -> w.Widget:
        """What is searched for, what was found, and slices of your own."""
        self._headline = Label(css="nbdebug-words")
        self._metric = self._picker("by", ("loss",))
        self._depth = self._picker("up to", tuple(_DEPTHS))
        self._depth.value = "2 conditions"
        self._columns = self._picker("each value of", (("a column", None), *((n, n) for n in self._column_names())))
        for picker in (self._metric, self._depth):
            picker.observe(self.guarded(lambda _change: self._find()), "value")
        self._columns.observe(self.guarded(lambda change: self._by_column(change["new"])), "value")
        self._query = w.Text(placeholder='device == "gen1" and age > 60', continuous_update=False)
        self._query.add_class("nbdebug-query")
        self._query.observe(self.guarded(lambda change: self._define(change["new"])), "value")
        self._found, self._mine = self._rows("slices that were found"), self._rows("slices of your own")
        self._note = Label(css="nbdebug-caption")
        self._all = Button("Show all examples", lambda _button: self.select(slice=None), css="nbdebug-slice-none")
        self._stage = VBox(css="nbdebug-slices")
        return VBox(
            [
                HBox([self._metric, self._depth], css="nbdebug-options"),
                self._stage,
                HBox([Label("Your own"), self._query], css="nbdebug-options"),
                HBox([self._columns], css="nbdebug-options"),
                self._mine,
                self._all,
            ]
        )

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Search for the selected output; mark the selected slice."""
        for rows in (self._found, self._mine):
            rows.selected = selection.slice
        self._all.disabled = selection.slice is None
        if "output" not in changed:
            return
        self._output = next((output for output in self.bench.outputs if output.name == selection.output), None)
        if self._output is None:
            self._say("No output is selected.")
            return
        self._own, self._mine.rows = (), []
        offered = _METRICS[self._output.kind]
        if self._metric.options != offered:
            self._metric.options = offered  # which searches anew where it changes the value
        self._find()

    def call(self, selection: Selection) -> str:
        """The search; a slice that is selected, where there is nothing to search."""
        if self.bench.metadata is None or selection.output is None:
            return self.bench.call_text("predictions", output=selection.output)
        return self.bench.call_text("find_slices", **self._asked(), output=selection.output)

    def _asked(self) -> dict[str, Any]:
        metric = self._metric.value or "loss"
        return {"depth": _DEPTHS[self._depth.value], "metric": metric}

    def _find(self) -> None:
        output = self._output
        if output is None:
            return
        if self.bench.metadata is None or not len(self.bench.metadata.columns):
            self._say(_NO_METADATA)
            return
        asked = self._asked()
        self.copy_text(self.bench.store.selection)

        def work(_progress: Progress) -> pd.DataFrame:
            return self.bench.find_slices(**asked, output=output.name)

        doing = f"search for slices of {output.name}"
        self.work(Task(work, self._show, doing, haste="patient", stage=self._stage, shows="list"))

    def _show(self, found: pd.DataFrame) -> None:
        sure = found[found["significant"]]
        self._headline.value = _headline(sure, self._asked()["metric"])
        self.summary.value = counted(len(sure), "slice") if len(sure) else "none found"
        self._note.value = "; ".join(filter(None, (found.attrs.get("summary"), found.attrs.get("note"))))
        bars = ranges(*(found[name].to_numpy(dtype=float) for name in ("difference", "low", "high")))
        depth = {"": -1}
        made = []
        for (_, record), bar in zip(found.iterrows(), bars, strict=True):
            depth[record["slice"]] = depth.get(record["parent"], -1) + 1
            made.append(_found_row(record, bar, depth[record["slice"]]))
        self._found.rows = made
        self._stage.children = (self._headline, *[self._found] * bool(made), self._note)

    def _say(self, why: str) -> None:
        self._headline.value, self.summary.value = why, ""
        self._stage.children = (self._headline,)

    def _define(self, query: str) -> None:
        output = self._output
        if not query.strip() or output is None:
            return
        metric = self._asked()["metric"]

        def work(_progress: Progress) -> tuple[Slice, ...]:
            return (self.bench.define_slice(query.strip(), output=output.name, metric=metric),)

        def done(made: tuple[Slice, ...]) -> None:
            self._list([*made, *(each for each in self._own if each.name != made[0].name)])
            self.select(slice=made[0].name)

        self.work(Task(work, done, "slice of your own", key="own", shows="list"))

    def _by_column(self, name: str | None) -> None:
        output = self._output
        if name is None or output is None:
            return
        metric = self._asked()["metric"]

        def work(_progress: Progress) -> tuple[Slice, ...]:
            return self.bench.slices_by(name, output=output.name, metric=metric)

        self.work(Task(work, self._list, f"slices by {name}", key="own", shows="list"))

    def _list(self, slices: Sequence[Slice]) -> None:
        self._own = tuple(slices)
        bars = ranges(*(np.array([getattr(s, part) for s in slices]) for part in ("difference", "low", "high")))
        self._mine.rows = [
            row(s.name, [s.name, f"{_shares(s.share, s.loss_share)} · {s.sentence}"], title=s.name, range=bar)
            for s, bar in zip(slices, bars, strict=True)
        ]
        self._mine.selected = self.bench.store.selection.slice

    def _rows(self, label: str) -> Rows:
        made = Rows(columns=[column(""), column("")], row_class="nbdebug-slice-row", label=label)
        made.on_pick(self.guarded(lambda key: self._picked(key)))
        return made

    def _picked(self, key: str) -> None:
        self.select(slice=None if key == self.bench.store.selection.slice else key)

    def _picker(self, description: str, options: Sequence[Any]) -> w.Dropdown:
        return w.Dropdown(description=description, options=options, style={"description_width": "auto"})

    def _column_names(self) -> tuple[str, ...]:
        metadata = self.bench.metadata
        return () if metadata is None else tuple(dict.fromkeys(str(name) for name in metadata.columns))


def _headline(sure: pd.DataFrame, metric: str) -> str:
    if not len(sure):
        return "No slice of the metadata is significantly worse than the rest."
    worst = sure.iloc[0]
    named = "share of wrong predictions" if metric == "accuracy" else metric
    are = "slice is" if len(sure) == 1 else "slices are"
    return (
        f"{len(sure)} {are} significantly worse than the rest. The first, {worst['slice']}: {named} "
        f"{number(worst['inside'])} inside, {number(worst['outside'])} outside."
    )


def _found_row(record: pd.Series, bar: dict[str, Any] | None, indent: int) -> dict[str, Any]:
    facts = f"{_shares(record['share'], record['loss_share'])} · {_verdict(record)}"
    return row(record["slice"], [record["slice"], facts], indent=indent, title=record["slice"], range=bar)


def _verdict(record: pd.Series) -> str:
    if not record["significant"]:
        return f"not significant (n = {record['n']:,})"
    return f"{difference_text(record['difference'], record['low'], record['high'])}, n = {record['n']:,}"


def _shares(share: float, loss_share: float) -> str:
    told = f"{100 * share:.3g} % of examples"
    return told if loss_share != loss_share else f"{told}, {100 * loss_share:.3g} % of loss"
