"""How the sidebar puts numbers and names into words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import count
from math import isfinite
from typing import Any

import pandas as pd

from nbdebug.records import Grid, Input, Layer, Selection
from nbdebug.records.digits import told_within
from nbdebug.records.time_axis import TimeAxis


def counted(n: int, thing: str) -> str:
    """ "1 note", "3 notes"."""
    return f"{n:,} {thing}" if n == 1 else f"{n:,} {thing}s"


def compact(n: int) -> str:
    """A count in few characters: "840", "12.4 k", "5.1 M"."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if n >= size:
            return f"{n / size:.3g} {letter}"
    return str(n)


def number(value: float) -> str:
    """A measured number with the digits that mean something, so that a column of them reads down."""
    if not isfinite(value):
        return {True: "not a number", False: "infinite"}[value != value]
    measured = 0.01 <= abs(value) < 10 and not float(value).is_integer()
    return f"{value:.2f}" if measured else f"{value:.3g}"


def span_text(low: float, high: float) -> str:
    """ "0.2 to 0.5"."""
    return f"{number(low)} to {number(high)}"


def numbered(thing: str, taken: Collection[str]) -> str:
    """ "lasso 1", or the next number with which no name that is taken begins."""
    names = (f"{thing} {n}" for n in count(1))
    return next(name for name in names if not any(f"{each} ".startswith(f"{name} ") for each in taken))


def input_facts(given: Input) -> str:
    """What one example of an input is: "4,096 times × 2 channels"."""
    if given.kind == "sequence":
        return f"{counted(given.shape[0], 'time')} × {counted(given.shape[-1], 'channel')}"
    if given.kind == "tokens":
        return counted(given.shape[0], "token")
    if given.kind == "tabular":
        return counted(given.shape[0], "feature")
    return " × ".join(f"{size:,}" for size in given.shape) + (" pixels" if given.kind == "image" else "")


def facts(n_examples: int, inputs: Sequence[Input], n_outputs: int) -> str:
    """What is being debugged, in one line."""
    return " · ".join(
        [
            counted(n_examples, "example"),
            " + ".join(input_facts(given) for given in inputs),
            counted(n_outputs, "output"),
        ]
    )


def time_text(time: int, axis: TimeAxis) -> str:
    """A time by its position, and on the clock where the clock is known."""
    return f"t {time} ({axis.text(time)})" if axis.unit else f"t {time}"


def grid_words(grid: Grid) -> str:
    """What positions cover, and what of the axis stays blank or lies outside of it; "" for one position a time."""
    covers = f"a position covers {grid.apart:.3g} times" if grid.apart > 1 else ""
    before, behind = grid.uncovered
    ends = [f"the {end} {n}" for end, n in (("first", before), ("last", behind)) if n]
    blank = f"no position stands at {' and '.join(ends)} {'time' if before + behind == 1 else 'times'}" if ends else ""
    before, behind = grid.outside
    ends = [f"{n} {where}" for where, n in (("before", before), ("behind", behind)) if n]
    padding = f"positions of padding: {' and '.join(ends)} the input" if ends else ""
    return " · ".join(part for part in (covers, blank, padding) if part)


def reason_text(layer: Layer, axis: TimeAxis) -> str:
    """Why a layer cannot be shown or has no time axis; the latter needs no word where no input has times."""
    return layer.reason if axis.n > 1 or layer.output_shape is None else ""


def example_text(example: int, name: str) -> str:
    """An example by its position, and by its label in the metadata where that is another."""
    return f"example {example}" if name in ("", str(example)) else f"example {example} ({name})"


def selection_text(selection: Selection, axis: TimeAxis, example_name: str) -> str:
    """What is selected, as the bar under the header says it."""
    parts = [
        selection.output,
        selection.layer,
        None if selection.example is None else example_text(selection.example, example_name),
        None if selection.time is None or axis.n < 1 else time_text(selection.time, axis),
        None if selection.slice is None else f"slice {selection.slice}",
    ]
    return " › ".join(part for part in parts if part is not None) or "nothing is selected"


def value_text(value: Any) -> str:
    """A label or prediction: a class's name, a whole number, or a number with the digits that mean something."""
    if value is None or (isinstance(value, float) and value != value):
        return "missing"
    if isinstance(value, str):
        return value
    return str(int(value)) if float(value).is_integer() else number(float(value))


def interval(low: float, high: float) -> str:
    """ "0.78-0.84", "-0.3 to 0.2", "" where there is none."""
    if not (isfinite(low) and isfinite(high)):
        return ""
    return span_text(low, high) if low < 0 else f"{number(low)}-{number(high)}"


def difference_text(value: float, low: float, high: float) -> str:
    """ "+0.06 (0.04 to 0.08)", "" where there is none."""
    if not isfinite(value):
        return ""
    if not (isfinite(low) and isfinite(high)):
        return f"{value:+.2g}"
    by, least, most = told_within((value, low, high), low, high)
    return f"{'' if by.startswith('-') else '+'}{by} ({least} to {most})"


def shares_text(share: float, loss_share: float) -> str:
    """ "12 % of examples, 34 % of loss"; the latter only where it is known."""
    told = f"{100 * share:.3g} % of examples"
    return told if loss_share != loss_share else f"{told}, {100 * loss_share:.3g} % of loss"


def p_text(p: float) -> str:
    """A p with the digits that mean something: "0.03", "4e-07", "< 1e-300"."""
    if p != p:
        return "none"
    return f"{p:.2g}" if p >= 1e-3 else f"{p:.0e}" if p >= _LEAST_P else f"< {_LEAST_P:g}"


_LEAST_P = 1e-300
"""Below this a float has no digits left."""

_FIRST = ("AUROC", "accuracy", "MAE", "loss")


def metric_line(metrics: pd.DataFrame, missing: int, *, short: bool = False) -> str:
    """The metric that says most: "AUROC 0.81 (0.78-0.84), n = 1,944, 104 labels missing"."""
    rows = metrics.itertuples(index=False, name=None)
    known = {str(name): (float(value), float(low), float(high), int(n)) for name, value, low, high, n in rows}
    name = next((name for name in _FIRST if name in known and isfinite(known[name][0])), None)
    if name is None:
        return "no metric can be computed"
    value, low, high, n = known[name]
    within = interval(low, high)
    text = f"{name} {number(value)}{f' ({within})' if within else ''}"
    if short:
        return text
    return f"{text}, n = {n:,}" + (f", {counted(missing, 'label')} missing" if missing else "")
