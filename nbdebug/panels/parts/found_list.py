"""Slices that a search has found, as a tree."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from nbdebug.panels.parts.rows import Rows, column, ranges, row
from nbdebug.panels.words import difference_text, number, shares_text
from nbdebug.render.plain import Label, VBox, show


class FoundList:
    """What the search came to in a sentence, a row a slice below its parent, and what has to be said.

    Args:
        picked: called with the slice of the row that was clicked.
    """

    def __init__(self, picked: Callable[[str], None]) -> None:
        self._headline = Label(css="nbdebug-words")
        self._rows = Rows(
            columns=[column(""), column("")], row_class="nbdebug-slice-row", label="slices that were found"
        )
        self._rows.on_pick(picked)
        self._note = Label(css="nbdebug-caption")
        self._box = VBox([self._rows, self._note])
        self.stage = VBox([self._headline, self._box], css="nbdebug-slices")
        self.n_sure: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The slices that are listed."""
        return tuple(made["key"] for made in self._rows.rows)

    def say(self, why: str) -> None:
        """Say why nothing is searched for."""
        self._headline.value, self.n_sure = why, None
        self._rows.rows = []
        show(self._box, False)

    def show(self, found: pd.DataFrame, metric: str) -> None:
        """List what `session.find_slices` returns."""
        sure = found[found["significant"] & (found["raised_by"] == "")]
        self._headline.value, self.n_sure = _headline(sure, metric), len(sure)
        self._note.value = "; ".join(filter(None, (found.attrs.get("summary"), found.attrs.get("note"))))
        bars = ranges(*(found[name].to_numpy(dtype=float) for name in ("difference", "low", "high")))
        depth = {"": -1}
        made = []
        for (_, record), bar in zip(found.iterrows(), bars, strict=True):
            depth[record["slice"]] = depth.get(record["parent"], -1) + 1
            made.append(_row(record, bar, depth[record["slice"]]))
        self._rows.rows = made
        show(self._box)

    def select(self, name: str | None) -> None:
        """Mark the selected slice."""
        self._rows.selected = name


def _headline(sure: pd.DataFrame, metric: str) -> str:
    if not len(sure):
        return "No slice of the metadata is significantly worse than the rest."
    worst = sure.iloc[0]
    named = "share of wrong predictions" if metric == "accuracy" else metric
    are = "slice is" if len(sure) == 1 else "slices are"
    return (
        f"{len(sure)} {are} significantly worse than the rest. The first, {worst['slice']}: {named} "
        f"{number(worst['inside'])} inside, {number(worst['outside'])} outside."
    )


def _row(record: pd.Series, bar: dict[str, Any] | None, indent: int) -> dict[str, Any]:
    parts = [shares_text(record["share"], record["loss_share"]), _verdict(record)]
    parts += [f"the same examples as {other}" for other in record["same"]]
    return row(record["slice"], [record["slice"], " · ".join(parts)], indent=indent, title=record["slice"], range=bar)


def _verdict(record: pd.Series) -> str:
    n = f"n = {record['n']:,}"
    if not record["significant"]:
        return f"not significant ({n})"
    told = f"{difference_text(record['difference'], record['low'], record['high'])}, {n}"
    return f"{told} · only because of {record['raised_by']}" if record["raised_by"] else told
