"""The Slices panel: which examples, told by their metadata, the model is worst on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ipywidgets as w
import pandas as pd

from nbdebug.panels.differing import Differing
from nbdebug.panels.own import Own
from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.found_list import FoundList
from nbdebug.panels.words import counted
from nbdebug.panels.working import Task
from nbdebug.records import Output, Selection
from nbdebug.records.progress import Progress
from nbdebug.render.plain import Button, HBox, VBox

_METRICS = {"binary": ("loss", "accuracy"), "multiclass": ("loss", "accuracy"), "regression": ("loss", "MAE")}
_NO_METADATA = (
    "There is no metadata to tell slices by: nbdebug.debug(..., metadata=frame). What is predicted can be asked for "
    "all the same, such as label == 1."
)
_DEPTHS = {"1 condition": 1, "2 conditions": 2, "3 conditions": 3, "4 conditions": 4}


class SlicesPanel(Panel):
    """Slices that were found, and slices of your own side by side; a click selects one for every panel."""

    name = "slices"
    title = "Slices"
    order = 70
    depends = frozenset({"output", "slice"})

    _output: Output | None = None

    def build(self) -> w.Widget:
        """What is searched for, what was found, slices side by side, and the units that differ."""
        self._metric, self._depth = _picker("by", ("loss",)), _picker("up to", tuple(_DEPTHS))
        self._depth.value = "2 conditions"
        self._metric.observe(self.guarded(lambda _change: self._measure()), "value")
        self._depth.observe(self.guarded(lambda _change: self._find()), "value")
        self._found = FoundList(self.guarded(self._picked))
        self._own = Own(self, lambda: self._metric.value or "loss", self.guarded(self._picked))
        self._units = Differing(self)
        self._all = Button("Show all examples", lambda _button: self.select(slice=None), css="nbdebug-slice-none")
        self.shared.threshold.observe(self._judge)
        searched = HBox([self._metric, self._depth], css="nbdebug-options")
        return VBox([searched, self._found.stage, self._own.widget, self._units.widget, self._all])

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Search for the selected output; mark the selected slice."""
        self._found.select(selection.slice)
        self._all.disabled = selection.slice is None
        if "output" in changed:
            self._turn_to(selection)
        self._units.turn_to(self._output, selection.slice)
        self._own.select(selection.slice, self._found.names)

    def call(self, selection: Selection) -> str:
        """The search; what is predicted, where there is nothing to search."""
        if self.bench.metadata is None or selection.output is None:
            return self.bench.call_text("predictions", output=selection.output)
        return self.bench.call_text("find_slices", **self._asked(), output=selection.output)

    def _turn_to(self, selection: Selection) -> None:
        self._output = next((output for output in self.bench.outputs if output.name == selection.output), None)
        self._own.turn_to(self._output)
        if self._output is None:
            self._say("No output is selected.")
            return
        offered = _METRICS[self._output.kind]
        if self._metric.options != offered:
            self._metric.options = offered  # which searches anew where it changes the value
        self._find()

    def _asked(self) -> dict[str, Any]:
        """The threshold only where it matters, so that nothing is computed twice."""
        asked = {"depth": _DEPTHS[self._depth.value], "metric": self._metric.value or "loss"}
        judged = self._output is not None and self._output.kind == "binary" and asked["metric"] == "accuracy"
        return {**asked, "threshold": self.shared.threshold.value} if judged else asked

    def _measure(self) -> None:
        self._find()
        self._own.measure()

    def _judge(self) -> None:
        """There is another threshold."""
        if self.live and self._output is not None and self._output.kind == "binary":
            self._own.measure()
            self._units.turn_to(self._output, self.bench.store.selection.slice)
            if "threshold" in self._asked():
                self._find()

    def _find(self) -> None:
        output = self._output
        if output is None:
            return
        if self.bench.metadata is None or not len(self.bench.metadata.columns):
            self._say(_NO_METADATA)
            return
        asked = {**self._asked(), "output": output.name}
        self.copy_text(self.bench.store.selection)

        def work(_progress: Progress) -> pd.DataFrame:
            return self.bench.find_slices(**asked)

        doing, stage = f"search for slices of {output.name}", self._found.stage
        self.work(Task(work, self._show, doing, haste="patient", stage=stage, shows="list"))

    def _show(self, found: pd.DataFrame) -> None:
        self._found.show(found, self._asked()["metric"])
        self._found.select(self.bench.store.selection.slice)
        self.summary.value = counted(self._found.n_sure, "slice") if self._found.n_sure else "none found"

    def _say(self, why: str) -> None:
        self._found.say(why)
        self.summary.value = ""

    def _picked(self, key: str) -> None:
        self.select(slice=None if key == self.bench.store.selection.slice else key)


def _picker(description: str, options: Sequence[Any]) -> w.Dropdown:
    return w.Dropdown(description=description, options=options, style={"description_width": "auto"})
