"""A small table to read."""

from __future__ import annotations

from anywidget import AnyWidget
from traitlets import Dict, List, Unicode

from nbdebug.render.static import module


class Table(AnyWidget):  # type: ignore[misc]
    """Text in rows and columns; shown as text, never as markup.

    Args:
        columns: made by `nbdebug.panels.parts.rows.column`.
        rows: the text of each cell.
        label: what the table is, for screen readers.
    """

    _esm = module("table.js")
    columns = List(Dict()).tag(sync=True)
    rows = List(List(Unicode())).tag(sync=True)
    label = Unicode("").tag(sync=True)
