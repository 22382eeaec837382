"""The pictures of a gradient, one class a kind of input."""

from typing import Protocol, runtime_checkable

import ipywidgets as w
import numpy as np
from jaxtyping import Float

from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.scrubber import Scrubber
from nbdebug.panels.parts.table import Table, bar_lengths
from nbdebug.records import Input, Sensitivity
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.figure import SERIES, number
from nbdebug.render.gradient_lines import GradientLines, feet
from nbdebug.render.gradient_words import extent_words, feet_words, reach_words, title
from nbdebug.render.maps import Maps

_LISTED = 40


@runtime_checkable
class GradientView(Protocol):
    """Draws a `Sensitivity` with respect to one kind of input."""

    widget: w.Widget

    def show(self, found: Sensitivity) -> str:
        """Draw, and return what is to be said of it."""


def gradient_view(given: Input, axis: TimeAxis, scrubber: Scrubber) -> GradientView:
    """The view that fits the input."""
    if given.n_times is not None:
        return _OverTime(given, axis if axis.n == given.n_times else TimeAxis(given.n_times), scrubber)
    if given.kind == "image":
        return _OverImage()
    return _OverFeatures(given)


class _OverTime:
    def __init__(self, given: Input, axis: TimeAxis, scrubber: Scrubber) -> None:
        self._names, self._axis = given.channels, axis
        self._lines = GradientLines(axis)
        if scrubber.n_times == axis.n:
            scrubber.add_cursors(self._lines.cursor)
        else:
            self._lines.cursor.visible = False
        self.widget = self._lines.widget

    def show(self, found: Sensitivity) -> str:
        values = found.values.reshape(len(found.values), -1)
        marks = feet(values, found)
        names = [self._name(i, values.shape[1]) for i in range(values.shape[1])]
        drawn, drawn_names, joined = self._few(values, names)
        self._lines.show(drawn, drawn_names, marks, _middle(found))
        silent = [name for i, name in enumerate(names) if values.any() and not values[:, i].any()]
        said = (reach_words(found, self._axis), feet_words(marks, silent), joined)
        return "\n".join((title(found, self._axis), " ".join(part for part in said if part)))

    def _name(self, channel: int, n: int) -> str:
        return self._names[channel] if len(self._names) == n else f"dimension {channel}"

    def _few(
        self, values: Float[np.ndarray, "time channel"], names: list[str]
    ) -> tuple[Float[np.ndarray, "time line"], list[str], str]:
        if values.shape[1] <= len(SERIES):
            return values, names, ""
        return values.max(axis=1, keepdims=True), ["largest"], f"The line is the largest of {values.shape[1]} channels."


class _OverImage:
    def __init__(self) -> None:
        self._map = Maps(height=240)
        self.widget = self._map.widget

    def show(self, found: Sensitivity) -> str:
        strength = found.values.reshape(*found.values.shape[:2], -1).max(axis=-1, keepdims=True)
        self._map.show(strength.astype(np.float32), np.zeros(1, int))
        largest = "" if found.values.shape[-1] == 1 else ", the largest of the channels at each pixel"
        return f"|d {found.of} / d pixel|{largest}, {extent_words(found.values)}"


class _OverFeatures:
    def __init__(self, given: Input) -> None:
        self._names = given.channels
        self.widget = Table(columns=[column(given.name), column("|gradient|")], label=f"gradient by {given.name}")

    def show(self, found: Sensitivity) -> str:
        strength = found.values.reshape(-1)
        names = self._names if len(self._names) == len(strength) else [f"value {i}" for i in range(len(strength))]
        first = np.argsort(-strength, kind="stable")[:_LISTED]
        with self.widget.hold_sync():
            self.widget.rows = [[str(names[i]), number(float(strength[i]), 3)] for i in first]
            self.widget.bars = bar_lengths(strength[first])
        some = f", the strongest {_LISTED} of {len(strength):,}" if len(strength) > _LISTED else ""
        return f"|d {found.of} / d {found.input}|{some}, {extent_words(strength)}"


def _middle(found: Sensitivity) -> float | None:
    if found.at_span is None:
        return None
    first, end = found.at_span[0], found.at_span[1]
    assert isinstance(first, int)
    assert isinstance(end, int)
    return (first + end - 1) / 2
