"""The Activations panel: what the units of the selected layer do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as w

from nbdebug.measure.health import layer_health
from nbdebug.panels.bench import Bench
from nbdebug.panels.jobs import Haste
from nbdebug.panels.now_and_then import NowAndThen
from nbdebug.panels.panel import Panel, Shared
from nbdebug.panels.parts.activation_views import ActivationView, OverMaps, OverPositions, OverTime, OverUnits
from nbdebug.panels.parts.choice import choice
from nbdebug.panels.parts.unit_facts import UnitFacts
from nbdebug.panels.parts.unit_order import ALL, FILTERS, ORDERS, UnitOrder
from nbdebug.panels.words import counted, example_text, grid_words, reason_text
from nbdebug.panels.working import Task
from nbdebug.records import Activations, Layer, Selection, UnitStatistics
from nbdebug.records.progress import Progress
from nbdebug.render.layer_values import Kind, LayerValues, laid_out
from nbdebug.render.plain import HBox, Label, Stage, VBox

_ONE, _MEAN = "this example", "mean of all"


class ActivationsPanel(Panel):
    """Heat map, profile at the cursor, histogram and ill units of the selected layer.

    While the time is scrubbed the browser draws alone; the exact profile comes from the kernel once the cursor rests.
    """

    name = "activations"
    title = "Activations"
    order = 30
    depends = frozenset({"layer", "example", "time", "slice"})

    def __init__(self, bench: Bench, shared: Shared) -> None:
        super().__init__(bench, shared)
        self._layers = {layer.name: layer for layer in bench.layers}
        self._orders = UnitOrder()
        self._views: dict[Kind, ActivationView] = {}
        self._view: ActivationView | None = None
        self._found: Activations | None = None
        self._statistics: Mapping[str, UnitStatistics] = {}
        self._asked = False
        self._now_and_then = NowAndThen(bench.jobs.lock)

    def build(self) -> w.Widget:
        """Choices, room for the picture, and what is known over all examples."""
        self._of = choice((_ONE, _MEAN), "which examples", self.guarded(lambda _change: self._request()))
        self._by = choice(ORDERS, "order of the units", self.guarded(lambda _change: self._draw()))
        self._only = choice(FILTERS, "which units", self.guarded(lambda _change: self._draw()))
        options = HBox([self._of, self._by, self._only], css="nbdebug-options")
        self._stage = Stage()
        self._caption = Label(css="nbdebug-caption")
        self._words = Label(css="nbdebug-words")
        self._stage.present(self._words)
        self._facts = UnitFacts(self.guarded(self._pick_unit))
        self.shared.unit.observe(self._point)
        self.shared.threshold.observe(self._judge)
        self._parts = (options, self._stage, self._caption)
        return VBox([*self._parts, self._facts.widget])

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Trace what is new; a new time alone needs no computation."""
        layer = self._layer(selection)
        if layer is None or layer.output_shape is None:
            self._say("Pick a layer." if layer is None else f"{layer.name} cannot be shown: {layer.reason}")
            return
        if "layer" in changed:
            self._facts.show(self._statistics.get(layer.name), self._unit)
        if changed & {"layer", "example"} or (self._averaged and "slice" in changed):
            self._request()
        elif self._view is not None:
            self._view.rest(selection.time or 0)
        if not self._asked:
            self._asked = True
            self.work(Task(self._measure, self._measured, "statistics of every unit", "statistics", "patient"))

    def call(self, selection: Selection) -> str:
        """The trace behind the picture."""
        if self._averaged:
            return self.bench.call_text("mean_activations", layer=selection.layer, **self._over(selection))
        return self.bench.call_text("activations", layer=selection.layer, examples=selection.example)

    def refresh(self) -> None:
        """Ask for everything again: the weights may be new."""
        self._asked = False
        super().refresh()

    @property
    def _unit(self) -> int | None:
        return self.shared.unit.of(self.bench.store.selection.layer)

    @property
    def _averaged(self) -> bool:
        return self._built and self._of.value == _MEAN

    def _over(self, selection: Selection) -> dict[str, Any]:
        """Of which examples the mean is; a threshold only tells those of a slice apart."""
        chosen = selection.slice
        return {} if chosen is None else {"where": chosen, "threshold": self.shared.threshold.value}

    def _judge(self) -> None:
        """There is another threshold, and a slice may be told by its outcomes."""
        if self.live and self._averaged and self.bench.store.selection.slice is not None:
            self._request()

    def _layer(self, selection: Selection) -> Layer | None:
        return self._layers.get(selection.layer) if selection.layer is not None else None

    def _request(self) -> None:
        selection = self.bench.store.selection
        layer = self._layer(selection)
        if layer is None or layer.output_shape is None:
            return
        self._copy.text = self.call(selection)
        name, example = layer.name, selection.example or 0
        averaged, over = self._averaged, self._over(selection)

        def trace(progress: Progress) -> Activations:
            if averaged:
                return self.bench.mean_activations(name, **over, progress=progress)
            return self.bench.activations(name, example, progress=progress)

        whom = "all examples" if selection.slice is None else f"the slice {selection.slice}"
        whose = f"mean of {name} over {whom}" if averaged else f"activations of {name}"
        haste: Haste = "patient" if averaged else "now"
        self.work(Task(trace, self._show, whose, "trace", haste, self._stage))

    def _show(self, found: Activations) -> None:
        # a layer that cannot be shown may have been picked meanwhile
        if found.layer.name == self.bench.store.selection.layer:
            self._found = found
            self._draw()

    def _draw(self) -> None:
        found = self._found
        if found is None:
            return
        shown = laid_out(found)
        statistics = self._statistics.get(found.layer.name)
        health = None if statistics is None else layer_health(statistics)
        order = self._orders.order(
            found.layer.name, found.fingerprint, shown.values, health, self._by.value, self._only.value
        )
        if not len(order):
            self._say(f"No unit of {found.layer.name} is {self._only.value}.")
            return
        self._view = self._views.get(shown.kind) or self._new_view(shown.kind)
        said = self._view.show(shown, order)
        self._view.rest(self.bench.store.selection.time or 0)
        self._view.show_unit(self._unit)
        self._stage.present(self._view.widget)
        self._caption.value = self._describe(found, shown, said, len(order))
        self.summary.value = f"{found.layer.name} · {health.text if health else counted(shown.n_units, 'unit')}"

    def _say(self, words: str) -> None:
        self._words.value = words
        self._stage.present(self._words)
        self._stage.remove_class("nbdebug-outdated")
        self._caption.value = self.summary.value = ""
        self._view = None

    def _new_view(self, kind: Kind) -> ActivationView:
        made: ActivationView
        if kind == "time":
            made = OverTime(self.bench.time_axis, self.scrubber, self._picked)
        elif kind == "positions":
            made = OverPositions(self._picked)
        elif kind == "units":
            made = OverUnits(self._picked)
        else:
            made = OverMaps(self._picked)
        self._views[kind] = made
        return made

    def _describe(self, found: Activations, shown: LayerValues, said: str, n_shown: int) -> str:
        if found.mean:
            chosen = self.bench.store.selection.slice
            of = f" of the slice {chosen}" if chosen is not None else ""
            whose = f"mean over {len(found.examples):,} examples{of}"
        else:
            whose = example_text(found.examples[0], self.bench.example_name(found.examples[0]))
        covers = "" if shown.grid is None else grid_words(shown.grid)
        some = "" if self._only.value == ALL else f"{n_shown:,} of {shown.values.shape[-1]:,} units"
        unknown = self._only.value != ALL or self._by.value == "by health"
        late = "health is not known yet" if unknown and found.layer.name not in self._statistics else ""
        dropout = "training mode: dropout on" if found.training else ""
        reason = reason_text(found.layer, self.bench.time_axis)
        parts = (whose, some if not late else "", covers, shown.note, said, late, dropout, reason)
        return " · ".join(part for part in parts if part)

    def _picked(self, time: int | None, unit: int | None) -> None:
        def pick(_event: object) -> None:
            self._pick_unit(None if unit == self._unit else self._unit_of(unit))
            if time is not None:
                self.select(time=time)

        self.guarded(pick)(None)

    def _unit_of(self, drawn: int | None) -> int | None:
        n = self._found.layer.n_units if self._found is not None else None
        return drawn if drawn is None or n is None else drawn % n  # places and units may stand side by side

    def _pick_unit(self, unit: int | None) -> None:
        self.shared.unit.pick(self.bench.store.selection.layer, unit)

    def _point(self) -> None:
        if self._view is not None:
            self._view.show_unit(self._unit)
        if self._found is not None:
            self._facts.show(self._statistics.get(self._found.layer.name), self._unit)

    def _measure(self, progress: Progress) -> Mapping[str, UnitStatistics]:
        return self.bench.unit_statistics(progress=progress, on_part=self._part)

    def _part(self, statistics: Mapping[str, UnitStatistics]) -> None:
        self._now_and_then(lambda: self._know(statistics))

    def _measured(self, statistics: Mapping[str, UnitStatistics]) -> None:
        self._know(statistics)
        if self._by.value == "by health" or self._only.value != ALL:
            self._draw()

    def _know(self, statistics: Mapping[str, UnitStatistics]) -> None:
        self._statistics = statistics
        layer = self._layer(self.bench.store.selection)
        if layer is not None:
            known = statistics.get(layer.name)
            self._facts.show(known, self._unit)
            if known is not None and self._found is not None:
                self.summary.value = f"{layer.name} · {layer_health(known).text}{'' if known.complete else ' so far'}"
