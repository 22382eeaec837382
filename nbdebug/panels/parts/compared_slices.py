"""Slices side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nbdebug.panels.parts.rows import Rows, column, ranges, row
from nbdebug.panels.words import difference_text, number
from nbdebug.records.slice import Slice
from nbdebug.render.plain import Button, HBox, Label, VBox, show


class ComparedSlices:
    """A button that adds the selected slice or takes it away, and a row a slice on one scale.

    Args:
        toggled: called when the button is pressed.
        cleared: called when all are to be taken away.
        picked: called with the slice of the row that was clicked.
    """

    def __init__(
        self, toggled: Callable[[Any], None], cleared: Callable[[Any], None], picked: Callable[[str], None]
    ) -> None:
        self._button = Button("", toggled, css="nbdebug-compare-slice")
        self._clear = Button("Clear", cleared, css="nbdebug-compare-clear")
        titles = ("", "inside", "difference", "n", "of loss")
        self._rows = Rows(
            columns=[column(titles[0]), *(column(title, align="right") for title in titles[1:])],
            row_class="nbdebug-slice-row nbdebug-compared-row",
            label="slices that are compared",
        )
        self._rows.on_pick(picked)
        self._caption = Label(css="nbdebug-caption")
        self._table = VBox([self._rows, self._caption], css="nbdebug-compared")
        self.widget = VBox([HBox([self._button, self._clear], css="nbdebug-options"), self._table])
        self.slices: tuple[Slice, ...] = ()
        self._untold: dict[str, str] = {}
        self.show((), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The slices that are compared."""
        return (*(each.name for each in self.slices), *self._untold)

    def show(self, slices: Sequence[Slice], selected: str | None, untold: Mapping[str, str] | None = None) -> None:
        """Show these.

        Args:
            slices: a row each.
            selected: name of the one to mark.
            untold: names of those that this output has not, and why.
        """
        self.slices, self._untold = tuple(slices), dict(untold or {})
        bars = ranges(*(np.array([getattr(s, part) for s in slices]) for part in ("difference", "low", "high")))
        self._rows.rows = [_row(each, bar) for each, bar in zip(slices, bars, strict=True)]
        said = [f"{name} is left out: {why}" for name, why in self._untold.items()]
        if slices:
            said[:0] = [
                f"{slices[0].metric} inside of each slice, and its difference from outside with a 95 % interval; p is "
                "corrected over these slices."
            ]
        self._caption.value = " ".join(said)
        show(self._table, bool(said))
        show(self._clear, bool(said))
        self.select(selected)

    def select(self, name: str | None) -> None:
        """Mark the selected slice."""
        self._rows.selected = name
        self._button.disabled = name is None
        self._button.description = "Remove from comparison" if name in self.names else "Add to comparison"


def _row(each: Slice, bar: dict[str, Any] | None) -> dict[str, Any]:
    known = each.p == each.p
    difference = difference_text(each.difference, each.low, each.high) if each.significant else "not significant"
    share = f"{100 * each.loss_share:.3g} %" if each.loss_share == each.loss_share else ""
    inside = number(each.inside) if each.n else "no example"
    cells = [each.name, inside, difference if known else "cannot be compared", f"{each.n:,}", share]
    said = f"{each.name}: {each.sentence}"
    note = f"; {each.note}" if each.note and each.note not in said else ""
    return row(each.name, cells, title=f"{said}{note}", range=bar)
