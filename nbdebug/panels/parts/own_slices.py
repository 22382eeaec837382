"""Ways to make a slice: a query, the threshold, each value of a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets as w

from nbdebug.render.plain import Button, HBox, Label, VBox, show

Guard = Callable[[Callable[[Any], None]], Callable[[Any], None]]


class OwnSlices:
    """A line for a query and one for its name, two buttons for the sides of the threshold, a picker of columns.

    Args:
        columns: of the metadata.
        defined: called with a query and its name, "" where it has none of its own.
        by_column: called with the column that was picked.
        guarded: `guarded(answer)` is what a widget calls.
    """

    def __init__(
        self,
        columns: Sequence[str],
        defined: Callable[[str, str], None],
        by_column: Callable[[str], None],
        guarded: Guard,
    ) -> None:
        self._query = w.Text(placeholder='device == "gen1" and age > 60', continuous_update=False)
        self._query.add_class("nbdebug-query")
        self._query.observe(guarded(lambda change: _told(self._named, change["new"].strip())), "value")
        self._name = w.Text(placeholder="its name, if you like", layout=w.Layout(width="auto", flex="1 1 110px"))
        self._name.add_class("nbdebug-slice-name")
        self._defined = defined
        press = guarded(lambda button: defined(button.description, ""))
        self._sides = [Button("", press, css="nbdebug-side") for _ in range(2)]
        self._threshold = HBox([Label("From the threshold"), *self._sides], css="nbdebug-options")
        self._columns = w.Dropdown(
            description="each value of",
            options=(("a column", None), *((name, name) for name in columns)),
            index=0,
            style={"description_width": "auto"},
        )
        self._columns.observe(guarded(lambda change: _told(by_column, change["new"])), "value")
        self.widget = VBox(
            [
                HBox([Label("Your own"), self._name, self._query], css="nbdebug-options"),
                self._threshold,
                HBox([self._columns], css="nbdebug-options"),
            ]
        )

    def threshold(self, at: float | None) -> None:
        """Offer what is predicted from this threshold on and what is below it; None where there is none."""
        show(self._threshold, at is not None)
        if at is not None:
            for button, sign in zip(self._sides, (">=", "<"), strict=True):
                button.description = f"prediction {sign} {at:g}"

    def made(self) -> None:
        """The slice is there: the next one has a name of its own."""
        self._name.value = ""

    def _named(self, query: str) -> None:
        self._defined(query, self._name.value.strip())


def _told(answer: Callable[[str], None], value: str | None) -> None:
    if value:
        answer(value)
