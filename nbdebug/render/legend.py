"""What colours mean, in numbers and words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import ipywidgets as w
import numpy as np

from nbdebug.render.colours import LEVELS, palette
from nbdebug.render.figure import number
from nbdebug.render.plain import HBox, Label, show
from nbdebug.render.raster import ColourScale, png


def chip(text: str, kind: str) -> w.Label:
    """A square of colour and what it stands for.

    Args:
        text: what it stands for.
        kind: "0", "1" ... for the colours of lines; "masked", "not-finite", "zero" or "underflow".
    """
    return Label(text, css=f"nbdebug-chip nbdebug-chip-{kind}")


class ColourLegend:
    """The colour bar of a picture with the numbers at its ends, and chips for what is no number.

    It is a line of its own below the figure, so that all figures keep equal margins.
    """

    def __init__(self) -> None:
        self._low, self._high = Label(), Label()
        self._bar = w.Image(value=_bar(False), format="png", layout=w.Layout(width="96px", height="10px"))
        self._masked, self._not_finite = chip("masked", "masked"), chip("", "not-finite")
        self.widget = HBox([self._low, self._bar, self._high, self._masked, self._not_finite], css="nbdebug-legend")

    def show(self, scale: ColourScale, *, masked: bool = False, not_finite: int = 0) -> None:
        """Name the ends of `scale`; masked times and values that are not finite only where there are any."""
        self._low.value, self._high.value = number(scale.low, 3), number(scale.high, 3)
        self._bar.value = _bar(scale.diverging)
        self._not_finite.value = f"{not_finite:,} not finite"
        show(self._masked, masked)
        show(self._not_finite, bool(not_finite))


class LineLegend:
    """Names of lines in their colours; empty for a single line, which needs no telling apart."""

    def __init__(self) -> None:
        self.widget = HBox(css="nbdebug-legend")
        self._chips: dict[str, w.Label] = {}

    def show(self, names: Sequence[str], marks: Sequence[tuple[str, str]] = ()) -> None:
        """Show a chip for each of several lines, and one for each (text, kind) of `marks`."""
        lines = [(name, str(i)) for i, name in enumerate(names)] if len(names) > 1 else []
        shown = {kind: text for text, kind in (*lines, *marks)}
        for kind in shown.keys() - self._chips.keys():
            self._chips[kind] = chip("", kind)
        if len(self._chips) > len(self.widget.children):
            self.widget.children = tuple(self._chips[kind] for kind in sorted(self._chips))  # lines first
        for kind, label in self._chips.items():
            label.value = shown.get(kind, "")
            show(label, kind in shown)


@cache
def _bar(diverging: bool) -> bytes:
    return png(np.arange(LEVELS, dtype=np.uint8)[None, :], palette(diverging))
