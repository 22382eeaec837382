"""The Model panel: every layer, what it is and how its units are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import ipywidgets as w

from nbdebug.measure.health import STATES, Health, layer_health
from nbdebug.panels.bench import Bench
from nbdebug.panels.now_and_then import NowAndThen
from nbdebug.panels.panel import Panel, Shared
from nbdebug.panels.parts.rows import Row, Rows, column, row
from nbdebug.panels.words import compact, counted, reason_text
from nbdebug.panels.working import Task
from nbdebug.records import Layer, Selection, UnitStatistics
from nbdebug.records.progress import Progress
from nbdebug.render.plain import HBox, Label, VBox

_EVERY = "all layers"


class ModelPanel(Panel):
    """The layers as a tree; a click selects one.

    Health comes from one pass over all examples. Until that has ended the marks are provisional, and say so.
    """

    name = "model"
    title = "Model"
    order = 20
    depends = frozenset({"layer"})

    def __init__(self, bench: Bench, shared: Shared) -> None:
        super().__init__(bench, shared)
        self._layers = {layer.name: layer for layer in bench.layers}
        self._health: dict[str, Health] = {}
        self._asked = False
        self._now_and_then = NowAndThen(bench.jobs.lock)
        self._summarise()

    def build(self) -> w.Widget:
        """A filter over the tree, and what is to say about the selected layer."""
        self._filter = w.Dropdown(options=[_EVERY, *STATES], description="Show", style={"description_width": "auto"})
        self._filter.observe(self.guarded(lambda _change: self._fill()), "value")
        self._rows = Rows(
            columns=[column("layer"), column("health", align="right"), column("")],
            row_class="nbdebug-layer-row",
            label="layers",
            empty="No layer is like that.",
        )
        self._rows.on_pick(self.guarded(self._picked))
        self._about = Label(css="nbdebug-caption")
        options = HBox([self._filter], css="nbdebug-options")
        self._fill()
        return VBox([options, self._rows, self._about])

    def update(self, selection: Selection, _changed: frozenset[str]) -> None:
        """Mark the selected layer; ask for the statistics once."""
        self._rows.selected = selection.layer
        self._describe(selection.layer)
        if not self._asked:
            self._asked = True
            self.work(Task(self._statistics, self._take, "statistics of every unit", haste="patient"))

    def call(self, _selection: Selection) -> str:
        """The pass that the marks come from."""
        return self.bench.call_text("unit_statistics")

    def refresh(self) -> None:
        """Ask again: the weights may be new."""
        self._asked = False
        super().refresh()

    def _statistics(self, progress: Progress) -> dict[str, UnitStatistics]:
        return self.bench.unit_statistics(progress=progress, on_part=self._part)

    def _part(self, statistics: Mapping[str, UnitStatistics]) -> None:
        self._now_and_then(lambda: self._take(statistics))

    def _take(self, statistics: Mapping[str, UnitStatistics]) -> None:
        self._health = {name: layer_health(found) for name, found in statistics.items()}
        self._summarise()
        self._fill()
        self._describe(self._rows.selected)

    def _summarise(self) -> None:
        marks = Counter(health.mark for health in self._health.values())
        ill = [f"{marks[state]} {state}" for state in STATES[:-1] if marks[state]]
        so_far = " so far" if self._provisional and ill else ""
        self.summary.value = ", ".join([counted(len(self._layers), "layer"), *ill]) + so_far

    @property
    def _provisional(self) -> bool:
        return any(not health.complete for health in self._health.values())

    def _fill(self) -> None:
        wanted = self._filter.value
        rows: list[Row] = []
        headed: set[str] = set()
        for layer in self._layers.values():
            if wanted == _EVERY:
                rows.extend(self._headings(layer, headed))
            health = self._health.get(layer.name)
            if wanted == _EVERY or (health is not None and health.mark == wanted):
                rows.append(self._row(layer, health))
        self._rows.rows = rows

    def _headings(self, layer: Layer, headed: set[str]) -> list[Row]:
        """A row for each enclosing model that is no layer itself and has none yet."""
        parts = layer.path.split("/")
        headed.add(layer.path)
        rows = []
        for depth in range(1, len(parts)):
            path = "/".join(parts[:depth])
            if path not in headed:
                headed.add(path)
                rows.append(row("", [parts[depth - 1], "", ""], indent=depth - 1, classes=["nbdebug-group-row"]))
        return rows

    def _row(self, layer: Layer, health: Health | None) -> Row:
        depth = layer.path.count("/")
        own = layer.name if layer.name.startswith(layer.path.split("/")[-1]) else layer.path.split("/")[-1]
        return row(
            layer.name,
            [own, self._health_text(layer, health), "\u2003" * (depth + 1) + _kind(layer)],
            indent=depth,
            mark=None if health is None else health.mark.replace(" ", "-"),
            title=reason_text(layer, self.bench.time_axis) or (health.text if health is not None else ""),
            classes=["nbdebug-provisional"] if health is not None and not health.complete else [],
        )

    def _health_text(self, layer: Layer, health: Health | None) -> str:
        if health is None:
            return "cannot be shown" if layer.output_shape is None else "…"
        count = health.counts[health.mark]
        if health.mark == "healthy":
            text = "healthy"
        else:
            text = f"{'all' if count == len(health.units) else compact(count)} {health.mark}"
        return text if health.complete else f"{text} so far"

    def _describe(self, name: str | None) -> None:
        layer, health = self._layers.get(name or ""), self._health.get(name or "")
        if layer is None:
            self._about.value = ""
            return
        said = [f"{layer.name}: {_kind(layer)}."]
        if health is not None:
            said.append(f"{health.text}{'' if health.complete else ' so far'}.")
        reason = reason_text(layer, self.bench.time_axis)
        if reason:
            said.append(f"{reason[:1].upper()}{reason[1:]}.")
        self._about.value = " ".join(said)

    def _picked(self, name: str) -> None:
        layer = self._layers.get(name)
        if layer is None:
            return
        if layer.output_shape is None:
            self._describe(name)
        else:
            self.select(layer=name)


def _kind(layer: Layer) -> str:
    """What a layer is: "Conv1D, relu · 4096 × 64 · 12.4 k parameters · frozen"."""
    axes = [] if layer.output_shape is None else [str(size or "any") for size in layer.output_shape[1:]]
    named = layer.activation not in (None, "linear")
    parts = [
        f"{layer.type}, {layer.activation}" if named else layer.type,
        " × ".join(axes),
        f"{compact(layer.n_parameters)} parameters" if layer.n_parameters else "",
        "" if layer.trainable or not layer.n_parameters else "frozen",
    ]
    return " · ".join(part for part in parts if part)
