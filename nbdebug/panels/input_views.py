"""One example's input, shown as what it is: lines, an image, features, tokens."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import ipywidgets as w
import numpy as np
from jaxtyping import Float, Num

from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.table import Table, bar_lengths
from nbdebug.panels.words import number
from nbdebug.records import Input
from nbdebug.records.time_axis import TimeAxis
from nbdebug.render.image_view import ImageView
from nbdebug.render.input_lines import MOST, InputLines, strength_caption
from nbdebug.render.plain import Label, VBox

MOST_ROWS = 300
"""How many features or tokens are listed."""


@runtime_checkable
class InputView(Protocol):
    """Shows one input of one example, and how strongly a prediction depends on it."""

    widget: w.Widget
    cursors: Sequence[w.Widget]

    def show(self, values: np.ndarray) -> None: ...

    def overlay(self, strength: np.ndarray | None, of: str) -> None: ...


def input_view(given: Input, times: TimeAxis, cursor_at: int | None) -> InputView:
    """The view that fits the kind of input."""
    if given.kind == "sequence":
        return _SequenceView(given, times, cursor_at)
    if given.kind == "image":
        return _ImageView(given)
    if given.kind in ("tabular", "tokens") and len(given.shape) == 1:
        return _ListView(given)
    return _SummaryView(given)


class _SequenceView:
    def __init__(self, given: Input, times: TimeAxis, cursor_at: int | None) -> None:
        same = times.n == given.shape[0]
        self._lines = InputLines(times if same else TimeAxis(given.shape[0]), given.channels, cursor_at)
        self.cursors: Sequence[w.Widget] = self._lines.cursors if same else ()
        self._caption = Label(css="nbdebug-caption")
        n = len(given.channels)
        self._always = f"The first {MOST} of {n} channels. " if n > MOST else ""
        self._caption.value = self._always
        self.widget = VBox([self._lines.widget, self._caption])

    def show(self, values: Num[np.ndarray, "time channel"]) -> None:
        self._lines.show(values)

    def overlay(self, strength: Float[np.ndarray, "time channel"] | None, of: str) -> None:
        self._lines.overlay(strength)
        self._caption.value = self._always + ("" if strength is None else strength_caption(of, strength) + ".")


class _ImageView:
    def __init__(self, given: Input) -> None:
        self._view = ImageView(given.channels)
        self.cursors: Sequence[w.Widget] = ()
        self.widget = self._view.widget

    def show(self, values: Num[np.ndarray, "row column channel"]) -> None:
        self._view.show(values)

    def overlay(self, strength: Float[np.ndarray, "row column channel"] | None, of: str) -> None:
        self._view.overlay(strength, of)


class _ListView:
    """Features by name, tokens by position."""

    def __init__(self, given: Input) -> None:
        tokens = given.kind == "tokens"
        names = [str(i) for i in range(given.shape[0])] if tokens else list(given.channels)
        self._names = names[:MOST_ROWS]
        titles = ("position", "token") if tokens else ("feature", "value")
        self._first = [column(titles[0]), column(titles[1], align="right")]
        self._table = Table(columns=self._first, label=given.name)
        self._values: list[str] = []
        self._caption = Label(css="nbdebug-caption")
        left = len(names) - len(self._names)
        self._always = f"The first {MOST_ROWS} of {len(names):,}. " if left else ""
        self._caption.value = self._always
        self.cursors: Sequence[w.Widget] = ()
        box = VBox([self._table], css="nbdebug-table-box")
        self.widget = VBox([box, self._caption])

    def show(self, values: Num[np.ndarray, "feature"]) -> None:
        whole = values.dtype.kind in "iu"
        shown = values[: len(self._names)]
        self._values = [str(int(value)) if whole else number(float(value)) for value in shown]
        self._fill(None)

    def overlay(self, strength: Float[np.ndarray, "feature *axes"] | None, of: str) -> None:
        by_feature = None if strength is None else strength.reshape(len(strength), -1).sum(axis=1)
        self._fill(by_feature)
        said = "" if by_feature is None else f"|d {of} / d input| of each, as a bar."
        self._caption.value = self._always + said

    def _fill(self, strength: Float[np.ndarray, "feature"] | None) -> None:
        pairs = list(zip(self._names, self._values, strict=True))
        with self._table.hold_sync():
            if strength is None:
                self._table.columns, self._table.rows = self._first, [list(pair) for pair in pairs]
                self._table.bars = []
                return
            drawn = strength[: len(pairs)]
            self._table.columns = [*self._first, column("gradient")]
            self._table.rows = [[*pair, number(float(s))] for pair, s in zip(pairs, drawn, strict=True)]
            self._table.bars = bar_lengths(drawn)


class _SummaryView:
    """What can be said of an input that has no picture."""

    def __init__(self, given: Input) -> None:
        self._given = given
        self.cursors: Sequence[w.Widget] = ()
        self.widget = Label(css="nbdebug-caption")

    def show(self, values: Num[np.ndarray, "*axes"]) -> None:
        shape = " × ".join(str(size) for size in values.shape)
        finite = values[np.isfinite(values)]
        spread = f"from {number(float(finite.min()))} to {number(float(finite.max()))}" if finite.size else "not finite"
        self.widget.value = f"{shape} numbers, {spread}. There is no picture for inputs of this shape."

    def overlay(self, strength: Float[np.ndarray, "*axes"] | None, of: str) -> None:
        """Nothing to draw on."""
