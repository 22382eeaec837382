"""A small table to read."""

from __future__ import annotations

import numpy as np
from anywidget import AnyWidget
from jaxtyping import Float
from traitlets import Dict, List, Unicode
from traitlets import Float as Number

from nbdebug.render.static import module


class Table(AnyWidget):  # type: ignore[misc]
    """Text in rows and columns; shown as text, never as markup.

    Args:
        columns: made by `nbdebug.panels.parts.rows.column`.
        rows: the text of each cell.
        bars: how long the bar in the last cell of each row is, from 0 to 1; no bars where empty.
        label: what the table is, for screen readers.
    """

    _esm = module("table.js")
    columns = List(Dict()).tag(sync=True)
    rows = List(List(Unicode())).tag(sync=True)
    bars = List(Number()).tag(sync=True)
    label = Unicode("").tag(sync=True)


def bar_lengths(strength: Float[np.ndarray, "row"]) -> list[float]:
    """Each as a share of the largest; what is not finite has no bar."""
    finite = np.where(np.isfinite(strength), strength, 0.0)
    return [float(share) for share in finite / (finite.max(initial=0.0) or 1.0)]
