"""The Gradients panel: which input times a number depends on."""

from __future__ import annotations

from typing import Any

import ipywidgets as w

from nbdebug.panels.bench import Bench
from nbdebug.panels.jobs import Haste
from nbdebug.panels.panel import Panel, Shared
from nbdebug.panels.parts.choice import choice
from nbdebug.panels.parts.gradient_views import GradientView, gradient_view
from nbdebug.panels.parts.input_groups import input_groups
from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.panels.words import counted
from nbdebug.panels.working import Task
from nbdebug.records import Input, Layer, Output, Selection, Sensitivity
from nbdebug.records.progress import Progress
from nbdebug.render.gradient_words import SHARE, examples_words
from nbdebug.render.plain import HBox, Label, Stage, VBox, show

_OUTPUT, _UNIT = "output", "unit of layer"
_FOLLOW, _FIXED = "at cursor", "at fixed time"
_ONE, _ALL = "this example", "all examples"
_PREDICTED = "class predicted most"
SAMPLE = 64
"""How many examples a sample holds at most."""


class GradientsPanel(Panel):
    """The gradient of the selected output, or of a unit of the selected layer, with respect to every input time.

    Where the number has a time of its own, that follows the cursor once it rests, or is fixed by a range of its own.
    """

    name = "gradients"
    title = "Gradients"
    order = 40
    depends = frozenset({"output", "layer", "example", "time"})

    def __init__(self, bench: Bench, shared: Shared) -> None:
        super().__init__(bench, shared)
        self._layers = {layer.name: layer for layer in bench.layers}
        self._outputs = {output.name: output for output in bench.outputs}
        self._views: dict[str, GradientView] = {}
        self._found: dict[str, Sensitivity] = {}
        self._arranging = False

    def build(self) -> w.Widget:
        """Choices, room for the picture, and words."""
        again = self.guarded(self._chosen)
        self._of = choice((_OUTPUT, _UNIT), "what is differentiated", again)
        self._unit = w.BoundedIntText(min=0, max=0, description="unit", layout=w.Layout(width="90px"))
        self._unit.style.description_width = "auto"
        self._unit.continuous_update = False
        self._unit.observe(again, "value")
        self._class = choice((_PREDICTED,), "which class", again)
        self._class.layout.min_width = "0"
        self.shared.unit.observe(self._point)
        self._when = choice((_FOLLOW, _FIXED), "at which time", again)
        self._at = Scrubber.over(self.bench.time_axis, self.bench.time_axis.n // 2)
        self._at.input_class, self._at.label = "nbdebug-at", "time of what is differentiated"
        self._at.on_rest(lambda _time: again(None))
        n = self.bench.n_examples
        self._sample = range(0, n, -(-n // SAMPLE))
        some = (f"{len(self._sample)} examples",) if len(self._sample) < n else ()
        self._examples = choice((_ONE, *some, _ALL), "whose gradient", again)
        self._groups = {group.given.name: group for group in input_groups(self.bench.inputs)}
        self._input = choice(
            tuple(self._groups), "with respect to which input", self.guarded(lambda _change: self._draw())
        )
        self._fixed = HBox([self._at], css="nbdebug-range")
        choices = (self._of, self._unit, self._class, self._when, self._examples, self._input, self._fixed)
        self._options, self._stage = HBox(choices, css="nbdebug-options"), Stage()
        self._caption = Label(css="nbdebug-caption")
        self._words = Label(css="nbdebug-words")
        return VBox([self._options, self._stage, self._words, self._caption])

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Ask anew where what changed matters to the question."""
        matters = {"layer"} if self._of_unit else {"output"}
        if self._examples.value == _ONE:
            matters.add("example")
        if self._has_time(selection) and self._when.value == _FOLLOW:
            matters.add("time")
        if changed & matters or not self._found:
            self._request()

    def call(self, selection: Selection) -> str:
        """The sensitivity behind the picture."""
        return self.bench.call_text("sensitivity", **self._question(selection))

    @property
    def _of_unit(self) -> bool:
        return self._built and self._of.value == _UNIT

    def _layer(self, selection: Selection) -> Layer | None:
        return self._layers.get(selection.layer) if selection.layer is not None else None

    def _output(self, selection: Selection) -> Output | None:
        return self._outputs.get(selection.output) if selection.output is not None else None

    def _classes(self, selection: Selection) -> tuple[str, ...]:
        output = self._output(selection)
        return output.classes if output is not None and output.kind == "multiclass" else ()

    def _has_time(self, selection: Selection) -> bool:
        if self._of_unit:
            layer = self._layer(selection)
            return layer is not None and layer.time_axis is not None
        output = self._output(selection)
        return output is not None and output.per_time

    def _question(self, selection: Selection) -> dict[str, Any]:
        asked: dict[str, Any] = {"output": None if self._of_unit else selection.output}
        if self._of_unit:
            asked |= {"layer": selection.layer, "unit": self._unit.value}
        elif self._built and self._classes(selection) and self._class.index:
            asked["unit"] = self._class.index - 1
        if self._has_time(selection):
            fixed = self._built and self._when.value == _FIXED
            middle = self.bench.time_axis.n // 2
            asked["at"] = self._at.time if fixed else middle if selection.time is None else selection.time
        whose = self._examples.value if self._built else _ONE
        if whose == _ONE:
            asked["examples"] = selection.example or 0
        elif whose != _ALL:
            asked["examples"] = self._sample
        return asked

    def _chosen(self, change: Any) -> None:
        if self._arranging:
            return
        if change is not None and change["owner"] is self._unit:
            self.shared.unit.pick(self.bench.store.selection.layer, self._unit.value)
        self._request()

    def _point(self) -> None:
        unit = self.shared.unit.of(self.bench.store.selection.layer)
        if self._of_unit and self.live and unit is not None and unit != self._unit.value:
            self._request()

    def _request(self) -> None:
        selection = self.bench.store.selection
        self._arranging = True
        try:
            self._arrange(selection)
        finally:
            self._arranging = False
        why_not = self._why_not(selection)
        if why_not:
            self.working.cancel()
            self._found = {}
            self._words.value, self._caption.value, self.summary.value = why_not, "", ""
            self._stage.present(None)
            return
        self._copy.text = self.call(selection)
        asked = self._question(selection)
        of = f"unit {asked['unit']} of {asked['layer']}" if self._of_unit else str(selection.output)
        of += f" {self._class.value}" if not self._of_unit and "unit" in asked else ""

        def compute(progress: Progress) -> dict[str, Sensitivity]:
            found = self.bench.sensitivity(**asked, progress=progress)
            return found if isinstance(found, dict) else {found.input: found}

        haste: Haste = "now" if self._examples.value == _ONE else "patient"
        self.work(Task(compute, self._show, f"gradient of {of}", haste=haste, stage=self._stage))

    def _why_not(self, selection: Selection) -> str:
        if not self._of_unit:
            return "" if self._output(selection) is not None else "Pick an output."
        layer = self._layer(selection)
        if layer is None:
            return "Pick a layer."
        if layer.n_units is None:
            return f"{layer.name} has no units to differentiate: {layer.reason or 'no unit axis'}"
        return ""

    def _arrange(self, selection: Selection) -> None:
        layer = self._layer(selection)
        if self._of_unit and layer is not None and layer.n_units:
            self._unit.max = layer.n_units - 1
            picked = self.shared.unit.of(layer.name)
            self._unit.value = self._unit.value if picked is None else picked
        classes = () if self._of_unit else self._classes(selection)
        if classes and self._class.options != (_PREDICTED, *classes):
            self._class.options = (_PREDICTED, *classes)
        timed = self._has_time(selection)
        show(self._unit, self._of_unit)
        show(self._class, bool(classes))
        show(self._when, timed)
        show(self._input, len(self._groups) > 1)
        show(self._fixed, timed and self._when.value == _FIXED)

    def _show(self, found: dict[str, Sensitivity]) -> None:
        self._found = found
        self._draw()

    def _draw(self) -> None:
        if not self._found:
            return
        group = self._groups[self._input.value]
        found = group.sensitivity(self._found)
        if found is None:
            depends = " and ".join(self._found)
            self._words.value = f"It does not depend on {self._input.value} by a gradient, only on {depends}."
            self._stage.present(None)
            return
        view = self._views.get(found.input) or self._new_view(group.given)
        said = view.show(found)
        self._stage.present(view.widget)
        self._words.value = said
        whose = examples_words(found.examples, self.bench.n_examples)
        self._caption.value = f"{whose} · mean of the absolute gradient" if len(found.examples) > 1 else whose
        reach = found.reach() if found.at_span is not None else None
        self.summary.value = (
            f"{SHARE * 100:.0f} % within {counted(reach, 'time')}" if isinstance(reach, int) else found.of
        )

    def _new_view(self, given: Input) -> GradientView:
        made = gradient_view(given, self.bench.time_axis, self.scrubber)
        self._views[given.name] = made
        return made
