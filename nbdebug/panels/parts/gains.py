"""What the network adds to the metadata, slice by slice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ipywidgets as w
import pandas as pd

from nbdebug.panels.parts.rows import Rows, column, ranges, row
from nbdebug.panels.words import difference_text, number
from nbdebug.render.plain import HBox, Label, VBox, show


class Gains:
    """A picker of columns, and a bar with its interval for each value of the picked one.

    Args:
        columns: of the metadata.
        asked: called with the column that was picked, None for none.
        picked: called with the slice of the row that was clicked.
    """

    def __init__(
        self, columns: Sequence[str], asked: Callable[[str | None], None], picked: Callable[[str], None]
    ) -> None:
        options = (("none", None), *((name, name) for name in columns))
        self._by = w.Dropdown(description="Gain by", options=options, index=0, style={"description_width": "auto"})
        self._by.add_class("nbdebug-gain-by")
        self._by.observe(lambda change: asked(change["new"]), "value")
        self._rows = Rows(
            columns=[column(""), column("")], row_class="nbdebug-slice-row nbdebug-gain-row", label="gain by slice"
        )
        self._rows.on_pick(picked)
        self._caption = Label(css="nbdebug-caption")
        self._list = VBox([self._rows, self._caption])
        self.widget = VBox([HBox([self._by], css="nbdebug-options"), self._list])
        self.clear()

    @property
    def by(self) -> str | None:
        """The picked column."""
        return self._by.value

    def clear(self) -> None:
        """Nothing is known yet."""
        show(self._list, False)

    def show(self, found: pd.DataFrame, selected: str | None) -> None:
        """List what `gain_by_slice` returns; mark the selected slice."""
        bars = ranges(*(found[name].to_numpy(dtype=float) for name in ("gain", "low", "high")))
        self._rows.rows = [
            row(str(record["slice"]), [str(record["slice"]), _facts(record)], title=str(record["slice"]), range=bar)
            for (_, record), bar in zip(found.iterrows(), bars, strict=True)
        ]
        self.select(selected)
        self._caption.value = (
            "By how much the network is better than the metadata within each slice, with 95 % intervals, the largest "
            "gain first."
        )
        show(self._list)

    def select(self, name: str | None) -> None:
        """Mark the selected slice."""
        self._rows.selected = name


def _facts(record: pd.Series) -> str:
    if not record["n"]:
        return "no example that counts"
    gain = difference_text(record["gain"], record["low"], record["high"])
    values = f"network {number(record['network'])}, metadata {number(record['baseline'])}"
    told = f"{record['metric']} {gain}: {values}" if gain else f"{record['metric']} cannot be compared"
    return f"{told}, n = {record['n']:,}"
