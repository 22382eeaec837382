"""Every metric of one output, with its interval."""

from __future__ import annotations

import pandas as pd

from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.table import Table
from nbdebug.panels.words import interval, metric_line, number
from nbdebug.render.plain import Label, VBox, show

_NOBODY = "no example."
_NO_LABELS = "No labels were given, so there are no mistakes to list. Pass y to nbdebug.debug."


class MetricTable:
    """The metric that says most as a line, all of them as a table, and what has to be said of them."""

    def __init__(self) -> None:
        self._line = Label(css="nbdebug-words")
        titles = ("value", "95 % interval", "n")
        self._table = Table(columns=[column("metric"), *(column(t, align="right") for t in titles)], label="metrics")
        self._note = Label(css="nbdebug-caption")
        self._box = VBox([self._table])
        self.widget = VBox([self._line, self._box, self._note])

    def say(self, text: str) -> None:
        """Say why there is no metric."""
        self._line.value = text
        for part in (self._box, self._note):
            show(part, False)

    def show(
        self, metrics: pd.DataFrame, n: int, missing: int, *, where: str | None, threshold: float | None, note: str
    ) -> None:
        """Show these metrics.

        Args:
            metrics: of `session.metrics`.
            n, missing: examples, and those of them without a label.
            where: the slice that they are of; None for all examples.
            threshold: what 1 is predicted from; None where the output is not binary.
            note: what has to be said of the predictions.
        """
        labelled = missing < n
        line = metric_line(metrics, missing) if labelled else _NO_LABELS if n else _NOBODY
        self._line.value = line if where is None else f"Of the slice {where}: {line}"
        self._table.rows = [
            [str(metric), number(value), interval(low, high), f"{n:,}"]
            for metric, value, low, high, n in metrics.itertuples(index=False, name=None)
        ]
        at = f"1 is predicted from {threshold:g} on" if threshold is not None and labelled else ""
        self._note.value = "; ".join(dict.fromkeys(filter(None, (note, metrics.attrs.get("note"), at))))
        show(self._box, labelled)
        show(self._note, bool(self._note.value))
