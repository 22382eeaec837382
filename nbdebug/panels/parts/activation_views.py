"""The pictures of a layer's activations, one class a shape."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

import ipywidgets as w
import numpy as np
from jaxtyping import Int

from nbdebug.measure.pooling import pool
from nbdebug.measure.quantise import quantise
from nbdebug.panels.parts.follower import Follower
from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.records import Grid
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.figure import number
from nbdebug.render.heat_map import HeatMap
from nbdebug.render.layer_values import LayerValues
from nbdebug.render.maps import Maps
from nbdebug.render.plain import Label, Stage, VBox
from nbdebug.render.profile import POINTS, Profile, pooled
from nbdebug.render.raster import colour_scale

SENT = 600_000
"""Values of one layer that are sent to the browser for scrubbing, at most; a byte each."""

_POOLED = "a pixel shows the largest magnitude of what it covers"

Picked = Callable[[int | None, int | None], None]


@runtime_checkable
class ActivationView(Protocol):
    """Draws `LayerValues` of one kind; what was picked in it is told as (time, unit)."""

    widget: w.Widget

    def show(self, shown: LayerValues, order: Int[np.ndarray, "slot"]) -> str:
        """Draw, and return what the caption must say."""

    def rest(self, time: int) -> None:
        """The time cursor came to rest."""

    def show_unit(self, unit: int | None) -> None:
        """Point at the selected unit."""


class OverTime:
    """Heat map of units by time, and below it the profile of all units at the cursor, which the browser draws."""

    def __init__(self, axis: TimeAxis, scrubber: Scrubber, picked: Picked) -> None:
        self._heat, self._profile = HeatMap(axis), Profile()
        self._heat.on_pick(picked)
        self._profile.on_pick(lambda unit: picked(None, unit))
        self._caption = Label(css="nbdebug-caption")
        self._follower = Follower(
            scrubber=scrubber, marks=[self._profile.mark], cursors=self._heat.cursors, caption=self._caption
        )
        self.widget = VBox([self._heat.widget, self._profile.widget, self._caption, self._follower])
        self._drawn = np.zeros((0, 0), np.float32)
        self._grid = Grid(0, axis.n)

    def show(self, shown: LayerValues, order: Int[np.ndarray, "slot"]) -> str:
        values, counts = shown.values, shown.mask
        self._grid = shown.grid or Grid(len(values), len(values))
        masked = None if counts is None else ~counts
        seen = values if counts is None else values[counts]
        made = self._heat.show(
            values, order, grid=self._grid, masked=masked, unit_name=shown.unit_name, scale=colour_scale(seen)
        )
        finite = seen[np.isfinite(seen)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        self._profile.frame(order, low, high, unit_name=shown.unit_name)
        self._drawn = values[:, order].astype(np.float32)
        units = max(1, min(len(order), POINTS))
        sent = quantise(pool(self._drawn, max(1, SENT // units), POINTS)) if len(order) else None
        if sent is None:
            self._follower.release()
        else:
            of = f"{len(order):,} unit{'s' * (len(order) != 1)}"
            self._follower.hold(sent.codes, sent.scale, sent.offset, grid=self._grid, of=of)
        return _POOLED if made.pooled else ""

    def rest(self, time: int) -> None:
        if self._drawn.size:
            position = self._grid.position_of(time)
            self._follower.show_exact(position, pooled(self._drawn[position]))

    def show_unit(self, unit: int | None) -> None:
        self._heat.show_unit(unit)
        self._profile.show_unit(unit)


class OverPositions:
    """Heat map of units along an axis that is no time."""

    def __init__(self, picked: Picked) -> None:
        self._picked = picked
        self._heats: dict[int, HeatMap] = {}
        self._heat: HeatMap | None = None
        self.widget = Stage()

    def show(self, shown: LayerValues, order: Int[np.ndarray, "slot"]) -> str:
        n = len(shown.values)
        self._heat = self._heats.get(n) or self._new_heat(n)
        self.widget.present(self._heat.widget)
        masked = None if shown.mask is None else ~shown.mask
        made = self._heat.show(shown.values, order, masked=masked, unit_name=shown.unit_name)
        return _POOLED if made.pooled else ""

    def _new_heat(self, n: int) -> HeatMap:
        made = self._heats[n] = HeatMap(TimeAxis(n))
        made.x.axis.label = "position"
        made.figure.marks = made.figure.marks[: -len(made.cursors)]
        made.on_pick(lambda _position, unit: self._picked(None, unit))
        return made

    def rest(self, time: int) -> None:
        """Nothing here depends on the time."""

    def show_unit(self, unit: int | None) -> None:
        if self._heat is not None:
            self._heat.show_unit(unit)


class OverUnits:
    """One value a unit."""

    def __init__(self, picked: Picked) -> None:
        self._profile = Profile(height=190)
        self._profile.on_pick(lambda unit: picked(None, unit))
        self._caption = Label(css="nbdebug-caption")
        self.widget = VBox([self._profile.widget, self._caption])
        self._values = np.zeros(0, np.float32)

    def show(self, shown: LayerValues, order: Int[np.ndarray, "slot"]) -> str:
        finite = shown.values[np.isfinite(shown.values)]
        low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
        self._profile.frame(order, low, high, unit_name=shown.unit_name)
        self._profile.show(shown.values[order])
        self._values = shown.values
        return f"{len(order):,} units pooled by largest magnitude" if len(order) > POINTS else ""

    def rest(self, time: int) -> None:
        """A layer without time stays as it is."""

    def show_unit(self, unit: int | None) -> None:
        self._profile.show_unit(unit)
        value = "" if unit is None else number(float(self._values[unit]), 3)
        self._caption.value = f"unit {unit}: {value}" if value else "click a unit for its value and histogram"


class OverMaps:
    """The maps of all units side by side."""

    def __init__(self, picked: Picked) -> None:
        self._maps = Maps()
        self._maps.on_pick(lambda unit: picked(None, unit))
        self._caption = Label(css="nbdebug-caption")
        self.widget = VBox([self._maps.widget, self._caption])
        self._shown: LayerValues | None = None
        self._order = np.arange(0)

    def show(self, shown: LayerValues, order: Int[np.ndarray, "slot"]) -> str:
        self._shown, self._order = shown, order
        rows, columns = shown.values.shape[:2]
        return f"{len(order):,} maps of {rows} × {columns}, along rows from the top left"

    def rest(self, time: int) -> None:
        """A layer without time stays as it is."""

    def show_unit(self, unit: int | None) -> None:
        """Draw the map of that unit alone, as large as there is room."""
        if self._shown is None:
            return
        alone = self._order[self._order % self._shown.n_units == unit] if unit is not None else self._order[:0]
        self._maps.show(self._shown.values, alone if len(alone) else self._order)
        self._caption.value = f"unit {unit} alone; click it to see all" if len(alone) else "click a map to enlarge it"
