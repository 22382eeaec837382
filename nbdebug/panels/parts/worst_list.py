"""The examples that a model is most shockingly wrong about, by one of several measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.measure.worst import Worst
from nbdebug.panels.parts.rows import Rows, column, row
from nbdebug.panels.words import number, value_text
from nbdebug.records import Output
from nbdebug.records.baseline import Comparison
from nbdebug.records.ports import OutputKind
from nbdebug.render.plain import HBox, VBox

SHOWN = 50
"""How many rows a list has at most."""

_LISTS: dict[OutputKind, dict[str, str]] = {
    "binary": {"false negatives": "false_negative", "false positives": "false_positive", "largest loss": "loss"},
    "multiclass": {"wrong": "wrong", "largest loss": "loss"},
    "regression": {"largest residual": "residual", "largest loss": "loss"},
}
_ALONE = {"only network right": "only_network", "only metadata right": "only_baseline"}


class WorstList:
    """A picker of lists, and the list that is picked.

    Args:
        asked: called when another list is picked.
        picked: called with the key of the row that was clicked.
    """

    def __init__(self, asked: Callable[[Any], None], picked: Callable[[str], None]) -> None:
        self._which = w.Dropdown(description="Worst", style={"description_width": "auto"})
        self._which.observe(asked, "value")
        self._rows = Rows(
            columns=[column("example"), *(column(t, align="right") for t in ("label", "predicted", "loss"))],
            row_class="nbdebug-example-row",
            label="worst examples",
        )
        self._rows.on_pick(picked)
        self._worst: Worst | None = None
        self._made: dict[int, dict[str, Any]] = {}
        self.widget = VBox([HBox([self._which], css="nbdebug-options"), self._rows], css="nbdebug-worst")

    @property
    def name(self) -> str | None:
        """The list that is picked, None before there are any."""
        return self._which.value

    @property
    def is_alone(self) -> bool:
        """Whether it lists what only one of network and metadata gets right."""
        return self.name in _ALONE

    @property
    def outcome(self) -> str | None:
        """What `session.worst` calls the picked list; None where it is none of those."""
        return next((lists[self.name] for lists in _LISTS.values() if self.name in lists), None)

    def select(self, example: int | None) -> None:
        """Mark the selected example."""
        self._rows.selected = str(example)

    def offer(self, kind: OutputKind, against: Comparison | None) -> None:
        """Offer the lists of this kind of output."""
        lists = [*_LISTS[kind], *(_ALONE if against is not None else ())]
        if list(self._which.options) != lists:
            chosen = self._which.value
            self._which.options = lists
            self._which.value = chosen if chosen in lists else lists[0]

    def show(self, output: Output, table: pd.DataFrame, threshold: float, against: Comparison | None) -> list[int]:
        """List the rows of a table of predictions; returns their examples."""
        if self._worst is None or self._worst.table is not table:
            self._worst, self._made = Worst(table, output.kind), {}
        places = self._listed(self._worst, output.kind, threshold, against)
        new = [place for place in places.tolist() if place not in self._made]
        columns = [table[name].iloc[new] for name in ("example", "label", "prediction", "loss")]
        records = zip(table.index[new], *columns, strict=True)
        self._made.update(zip(new, (_row(output, *record) for record in records), strict=True))
        self._rows.empty = f"No {self.name}."
        self._rows.rows = [self._made[place] for place in places.tolist()]
        return [int(example) for example in table["example"].to_numpy()[places]]

    def _listed(self, worst: Worst, kind: OutputKind, threshold: float, against: Comparison | None) -> np.ndarray:
        if self.name in _LISTS[kind]:
            return worst.places(_LISTS[kind][self.name], SHOWN, threshold)
        if self.name not in _ALONE or against is None:
            return np.zeros(0, dtype=int)
        found = getattr(against, _ALONE[self.name])
        rank = pd.Series(np.arange(len(found)), index=found)
        examples = worst.table["example"]
        places = np.flatnonzero(examples.isin(found))
        return places[np.argsort(rank[examples.iloc[places]].to_numpy())][:SHOWN]


def _row(output: Output, name: Any, example: int, label: Any, prediction: Any, loss: float) -> dict[str, Any]:
    text = str(example) if str(name) == str(example) else f"{example} ({name})"
    cells = [text, value_text(label), value_text(prediction), number(float(loss)) if np.isfinite(loss) else "none"]
    return row(
        str(example),
        cells,
        classes=[f"nbdebug-example-{example}"],
        title=f"example {text}: {output.name} is {cells[1]}, predicted {cells[2]}, loss {cells[3]}",
    )
