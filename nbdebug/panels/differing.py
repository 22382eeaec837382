"""The units that differ in the selected slice, for the Slices panel."""

from __future__ import annotations

import ipywidgets as w
import pandas as pd

from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.differing_units import DifferingUnits, Place
from nbdebug.panels.working import Task
from nbdebug.records import Output
from nbdebug.records.progress import Progress


class Differing:
    """Asks for the units on a press, as that costs a pass over all examples; a click on one selects it.

    Args:
        panel: whose work it is.
    """

    def __init__(self, panel: Panel) -> None:
        self._panel, self._bench = panel, panel.bench
        layers = {layer.name: layer for layer in panel.bench.layers}
        ask, go = panel.guarded(lambda _press: self._ask()), panel.guarded(self._go)
        self._shown = DifferingUnits(layers, panel.bench.time_axis, ask, go)
        self.widget: w.Widget = self._shown.widget
        self._output: Output | None = None

    def turn_to(self, output: Output | None, name: str | None) -> None:
        """Another output, slice or threshold: nothing is known yet."""
        self._output = output
        self._shown.clear(name)

    def _ask(self) -> None:
        output, selection = self._output, self._bench.store.selection
        where, threshold = selection.slice, self._panel.shared.threshold.value
        if output is None or where is None:
            return
        layer, positions = self._shown.layer(selection.layer), self._shown.positions

        def work(progress: Progress) -> pd.DataFrame:
            return self._bench.slice_units(
                where, layer, output=output.name, positions=positions, threshold=threshold, progress=progress
            )

        def done(found: pd.DataFrame) -> None:
            if self._bench.store.selection.slice == where:
                self._shown.show(found, where)

        doing = f"units that differ in {where}"
        self._panel.work(Task(work, done, doing, key="units", haste="patient", shows="list"))

    def _go(self, place: Place) -> None:
        layer, unit, time = place
        self._panel.select(layer=layer, **({} if time is None else {"time": time}))
        self._panel.shared.unit.pick(layer, unit)
