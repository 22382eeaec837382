"""A list or tree of rows, each a button."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from anywidget import AnyWidget
from jaxtyping import Float
from traitlets import Dict, Int, List, Unicode

from nbdebug.render.static import module

Row = dict[str, Any]


def row(
    key: str,
    cells: Sequence[str],
    *,
    classes: Sequence[str] = (),
    indent: int = 0,
    mark: str | None = None,
    title: str = "",
    range: Row | None = None,
) -> Row:
    """One row of `Rows`.

    Args:
        key: what a click hands over.
        cells: the text of each column; shown as text, never as markup.
        classes: CSS classes of the row's button, beside `Rows.row_class`.
        indent: depth in the tree.
        mark: health of what the row stands for: "dead", "constant", "saturated", "not finite", "healthy"; None for
            no mark.
        title: tooltip.
        range: of `ranges`; None for no bar.
    """
    return {
        "key": key,
        "cells": [str(cell) for cell in cells],
        "classes": list(classes),
        "indent": indent,
        "mark": mark,
        "title": title,
        "range": range,
    }


def ranges(
    values: Float[np.ndarray, "row"], lows: Float[np.ndarray, "row"], highs: Float[np.ndarray, "row"]
) -> list[Row | None]:
    """A bar with its interval for each row, on one axis that holds zero and all of them; None where there is none."""
    known = np.isfinite(values) & np.isfinite(lows) & np.isfinite(highs)
    if not known.any():
        return [None] * len(values)
    least, most = min(0.0, float(lows[known].min())), max(0.0, float(highs[known].max()))
    names, numbers = ("zero", "value", "low", "high"), np.stack([np.zeros_like(values), values, lows, highs], axis=1)
    placed = (numbers - least) / ((most - least) or 1.0)
    return [dict(zip(names, map(float, of), strict=True)) if k else None for of, k in zip(placed, known, strict=True)]


def column(title: str, *, align: str = "left") -> dict[str, str]:
    """One column of `Rows`: its heading and "left" or "right" (for numbers)."""
    return {"title": title, "align": align}


class Rows(AnyWidget):  # type: ignore[misc]
    """Rows that can be picked with the mouse, or with arrow keys and Enter.

    Each row is a button whose `aria-pressed` tells whether it is the selected one. Long lists show the first `cap`
    rows, say so, and offer a filter over all of them.

    Args:
        rows: made by `row`.
        columns: made by `column`.
        selected: key of the selected row.
        row_class: CSS class of each row's button.
        label: what the list is, for screen readers.
        empty: what to say where there are no rows.
        cap: how many rows are shown at most.
    """

    _esm = module("rows.js")
    rows = List(Dict()).tag(sync=True)
    columns = List(Dict()).tag(sync=True)
    selected = Unicode(None, allow_none=True).tag(sync=True)
    row_class = Unicode("").tag(sync=True)
    label = Unicode("").tag(sync=True)
    empty = Unicode("").tag(sync=True)
    cap = Int(500).tag(sync=True)

    def on_pick(self, callback: Callable[[str], None]) -> None:
        """Call `callback(key)` when a row is picked."""

        def picked(_widget: object, content: Any, _buffers: object) -> None:
            if content.get("kind") == "pick":
                callback(content["key"])

        self.on_msg(picked)
