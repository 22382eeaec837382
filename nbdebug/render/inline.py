"""Records as figures of their own, such as below a notebook cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as w
import numpy as np

from nbdebug.measure.health import layer_health
from nbdebug.records import Activations, Sensitivity, UnitStatistics
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.gradient_lines import GradientLines, feet
from nbdebug.render.gradient_words import reach_words, title
from nbdebug.render.heat_map import HeatMap
from nbdebug.render.layer_values import laid_out
from nbdebug.render.look import Look
from nbdebug.render.maps import Maps
from nbdebug.render.plain import Label, VBox
from nbdebug.render.profile import Profile
from nbdebug.render.unit_histogram import UnitHistogram


def render(record: Activations | Sensitivity | UnitStatistics) -> w.Widget:
    """The figure of a record, as wide as where it stands, with a line that says what it shows."""
    figure = RENDERERS[type(record)](record)
    said = Label(summary(record), css="nbdebug-caption")
    return VBox([said, figure, Look()], css="nbdebug-record")


def summary(record: Activations | Sensitivity | UnitStatistics) -> str:
    """A record in one line."""
    if isinstance(record, Activations):
        shape = " × ".join(f"{size:,}" for size in record.values.shape[1:])
        whose = _whose(record.examples, record.mean)
        more = "" if record.mean or len(record.examples) == 1 else "; the first is drawn"
        return f"activations of {record.layer.name}, {whose}: {shape}{more}"
    if isinstance(record, Sensitivity):
        several = isinstance(record.at, tuple)
        return f"|d {record.of} / d {record.input}|, {_whose(record.examples, True)}" + (
            f", at {len(record.values)} times; the first is drawn" if several else ""
        )
    so_far = "" if record.complete else ", so far"
    return f"{record.layer} over {record.n_examples:,} examples{so_far}: {layer_health(record).text}"


def _whose(examples: tuple[int, ...], mean: bool) -> str:
    if len(examples) == 1:
        return f"example {examples[0]}"
    return f"{'mean over ' if mean else ''}{len(examples):,} examples"


def _activations(record: Activations) -> w.Widget:
    shown = laid_out(record)
    order = np.arange(shown.values.shape[-1])
    if shown.kind == "units":
        finite = shown.values[np.isfinite(shown.values)]
        profile = Profile(height=190)
        profile.frame(order, float(finite.min(initial=0.0)), float(finite.max(initial=0.0)))
        profile.show(shown.values)
        return profile.widget
    if shown.kind == "maps":
        maps = Maps()
        maps.show(shown.values, order)
        return maps.widget
    heat = HeatMap(TimeAxis(len(shown.values) if shown.grid is None else shown.grid.n_times))
    heat.figure.marks = heat.figure.marks[:1]
    if shown.kind == "positions":
        heat.x.axis.label = "position"
    masked = None if shown.mask is None else ~shown.mask
    heat.show(shown.values, order, grid=shown.grid, masked=masked, unit_name=shown.unit_name)
    return heat.widget


def _sensitivity(record: Sensitivity) -> w.Widget:
    one = _first_anchor(record)
    if one.values.ndim != 2 and one.masked is None and one.at_span is None:
        return _without_time(one)
    values = one.values.reshape(len(one.values), -1)
    lines = GradientLines(TimeAxis(len(values)))
    lines.cursor.visible = False
    at = None if one.at_span is None else float(np.mean(one.at_span)) - 0.5
    names = [f"channel {i}" for i in range(values.shape[1])]
    lines.show(values, names, feet(values, one), at)
    axis = TimeAxis(len(values))
    words = Label(f"{title(one, axis)}\n{reach_words(one, axis)}", css="nbdebug-words")
    return VBox([lines.widget, words])


def _first_anchor(record: Sensitivity) -> Sensitivity:
    if not isinstance(record.at, tuple) or record.at_span is None:
        return record
    span: Any = record.at_span[0]
    return replace(
        record,
        values=record.values[0],
        mean_signed=record.mean_signed[0],
        underflow=record.underflow[0],
        at=record.at[0],
        at_span=span,
    )


def _without_time(record: Sensitivity) -> w.Widget:
    if record.values.ndim == 3:
        maps = Maps(height=240)
        maps.show(record.values.max(axis=-1, keepdims=True).astype(np.float32), np.zeros(1, int))
        return maps.widget
    flat = record.values.reshape(-1)
    profile = Profile(height=190)
    profile.frame(np.arange(len(flat)), 0.0, float(flat.max(initial=0.0)), unit_name=record.input)
    profile.show(flat)
    return profile.widget


def _statistics(record: UnitStatistics) -> w.Widget:
    histogram = UnitHistogram()
    histogram.show(record.histogram)
    return histogram.widget


RENDERERS: dict[type, Callable[[Any], w.Widget]] = {
    Activations: _activations,
    Sensitivity: _sensitivity,
    UnitStatistics: _statistics,
}
"""What draws which record."""
