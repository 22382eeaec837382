"""The units of the network that differ most between a slice and the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as w
import pandas as pd

from nbdebug.panels.parts.rows import Rows, column, row
from nbdebug.panels.words import difference_text, number, p_text, time_text
from nbdebug.records import Layer
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.plain import Button, HBox, Label, VBox, show

Place = tuple[str, int, int | None]
"""Layer, unit, and input time where the row has one."""

_ALL, _SELECTED = "all layers", "the selected layer"
_UNITS, _TIMES = "units", "units and times"


class DifferingUnits:
    """A button that asks, since it costs a pass over all examples; the list once it is there.

    Args:
        layers: by name.
        axis: the time axis of the input.
        asked: called when the button is pressed.
        picked: called with the place of the row that was clicked.
    """

    def __init__(
        self,
        layers: Mapping[str, Layer],
        axis: TimeAxis,
        asked: Callable[[Any], None],
        picked: Callable[[Place], None],
    ) -> None:
        self._layers, self._axis = layers, axis
        self._places: dict[str, Place] = {}
        self._button = Button("Units that differ", asked, css="nbdebug-ask-units")
        over_time = any(layer.time_axis is not None for layer in layers.values())
        self._of = _picker("of", (_ALL, _SELECTED))
        self._by = _picker("by", (_UNITS, *[_TIMES] * over_time))
        self._rows = Rows(row_class="nbdebug-unit-row", label="units that differ in the slice", columns=[])
        self._rows.on_pick(lambda key: picked(self._places[key]))
        self._caption = Label(css="nbdebug-caption")
        self._list = VBox([self._rows, self._caption])
        self.widget = VBox([HBox([self._button, self._of, self._by], css="nbdebug-options"), self._list])
        self.clear(None)

    @property
    def positions(self) -> bool:
        """Whether times are asked for too."""
        return bool(self._by.value == _TIMES)

    def layer(self, selected: str | None) -> str | None:
        """The layer that is asked about, None for all."""
        return selected if self._of.value == _SELECTED else None

    def clear(self, name: str | None) -> None:
        """Nothing is known of this slice yet."""
        self._button.disabled = name is None
        show(self._list, False)

    def show(self, found: pd.DataFrame, name: str) -> None:
        """List what `session.slice_units` returns of a slice."""
        timed = "time" in found
        self._places = {str(i): self._place(record) for i, (_, record) in enumerate(found.iterrows())}
        titles = ("layer and unit", *["time"] * timed, "effect", "corrected p")
        self._rows.columns = [column(titles[0]), *(column(title, align="right") for title in titles[1:])]
        self._rows.rows = [
            self._row(key, record) for key, (_, record) in zip(self._places, found.iterrows(), strict=True)
        ]
        sure = int(found["significant"].sum())
        what = "the value of a unit at a time" if timed else "the mean of a unit in each example"
        self._caption.value = (
            f"{sure} of the {len(found)} largest effects (Hedges' g of {what}) between the examples of {name} and all "
            "others are significant after correction; a click selects the layer."
        )
        show(self._list)

    def _place(self, record: pd.Series) -> Place:
        grid = self._layers[record["layer"]].time_grid
        time = grid.span_of(int(record["time"]))[0] if grid is not None and "time" in record else None
        return record["layer"], int(record["unit"]), time

    def _row(self, key: str, record: pd.Series) -> dict[str, Any]:
        layer, unit, time = self._places[key]
        at = [] if time is None else [time_text(time, self._axis)]
        p = record["corrected_p"]
        cells = [f"{layer} {unit}", *at, f"{record['effect']:+.2f}" if p == p else "none", p_text(p)]
        difference = difference_text(record["difference"], record["low"], record["high"])
        values = f"{number(record['inside'])} inside, {number(record['outside'])} outside"
        return row(key, cells, title=f"unit {unit} of {layer}: {values}, difference {difference}")


def _picker(description: str, options: tuple[str, ...]) -> w.Dropdown:
    return w.Dropdown(description=description, options=options, style={"description_width": "auto"})
