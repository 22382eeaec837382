"""The frame that all figures share: equal margins, so that the time axes of stacked figures line up."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10

import bqplot as bq
import ipywidgets as w
import numpy as np

MARGIN = {"top": 8, "bottom": 34, "left": 54, "right": 16}
"""Room around the plot, in pixels, the same for every figure."""

ACCENT = "var(--nbdebug-accent, #1976d2)"
QUIET = "var(--nbdebug-quiet, #757575)"
TEXT = "var(--nbdebug-text, #212121)"
GROUND = "var(--nbdebug-ground, #ffffff)"

SERIES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
"""Colours of lines that must be told apart, also by the colour-blind.

Source: Okabe and Ito 2008, Color Universal Design.
"""


def figure(marks: Sequence[bq.Mark], axes: Sequence[bq.Axis], *, height: int) -> bq.Figure:
    """A figure as wide as where it stands, `height` pixels high, without toolbar, ground or animation."""
    made = bq.Figure(
        marks=list(marks),
        axes=list(axes),
        fig_margin=dict(MARGIN),
        padding_x=0,
        padding_y=0,
        min_aspect_ratio=0.01,
        max_aspect_ratio=100,
        display_toolbar=False,
        layout=w.Layout(width="100%", min_width="0", height=f"{height}px"),
    )
    made.add_class("nbdebug-figure")
    return made


def axis(scale: bq.Scale, label: str, *, side: str) -> bq.Axis:
    """An axis without grid lines, its title where the margin leaves room for it."""
    offset = "42px" if side == "left" else "29px"
    return bq.Axis(scale=scale, label=label, side=side, grid_lines="none", label_offset=offset)


def set_ticks(target: bq.Axis, ticks: Sequence[float], labels: Sequence[str] | None = None) -> None:
    """Put ticks at `ticks`, with the given texts or the numbers themselves; call it before the scale is changed.

    Ticks and scales are redrawn a frame later with the texts known by then, so the texts must be the first to arrive.
    """
    texts = [number(tick) for tick in ticks] if labels is None else labels
    target.tick_labels = {_as_key(tick): text for tick, text in zip(ticks, texts, strict=True)}
    target.tick_values = np.asarray(ticks, dtype=np.float64)


def short_count(count: float) -> str:
    """A count in the room that a left axis has for it: "500", "1.5k", "20k", "3M"."""
    for unit, name in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if count >= unit:
            return f"{count / unit:.3g}{name}"
    return f"{count:g}"


def nice_ticks(low: float, high: float, n: int = 4) -> list[float]:
    """At most `n` round numbers between `low` and `high`, evenly apart."""
    if not (isfinite(low) and isfinite(high)) or high <= low:
        return [low] if isfinite(low) else []
    found = _ticks(low, high, n)
    return found if len(found) > 1 else _ticks(low, high, 2 * n)  # one tick alone tells nothing of the scale


def _ticks(low: float, high: float, n: int) -> list[float]:
    rough = (high - low) / n
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * (1 - 1e-9))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    ticks = (round(i * step, 12 - floor(log10(step))) for i in range(first, last + 1))
    return list(dict.fromkeys(ticks))  # in a range of few floats, neighbours are the same float


def nice_whole_ticks(low: int, high: int, n: int = 4) -> list[float]:
    """As `nice_ticks`, whole numbers only: for units, channels and positions."""
    return [tick for tick in nice_ticks(low, high, n) if float(tick).is_integer()]


def number(value: float, digits: int = 4) -> str:
    """A number with at most so many digits that mean something: "1,000", "0.25", "3e-07"."""
    if value == 0:
        return "0"
    if not isfinite(value):
        return str(value)
    if 1e-3 <= abs(value) < 1e5:
        if float(value).is_integer():
            return f"{value:,.10g}"
        return f"{value:.{digits}g}" if abs(value) < 1e3 else f"{value:,.0f}"
    return f"{value:.3g}"


def _as_key(value: float) -> str:
    """`value` as the browser writes it, for it looks labels up by that text."""
    if float(value).is_integer() and abs(value) < 1e21:
        return str(int(value))
    if 1e-6 <= abs(value) < 1e21:
        return np.format_float_positional(value)
    mantissa, exponent = repr(float(value)).split("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}"
