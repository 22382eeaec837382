"""The network held against a model that sees the metadata only."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.panels.parts.fold import Fold
from nbdebug.panels.parts.gains import Gains
from nbdebug.panels.parts.pair_picture import PairPicture
from nbdebug.panels.parts.region_slice import Save
from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.table import Table
from nbdebug.panels.words import counted, difference_text, number
from nbdebug.records.baseline import Baseline
from nbdebug.render.plain import Button, HBox, Label, VBox, show

_MODELS = {"linear model": "linear", "boosted trees": "boosting"}


@dataclass(frozen=True)
class Answers:
    """What a press or a click does.

    Args:
        compare: fits the baseline and compares.
        gains: takes the column by whose values gains are asked for, None for none.
        example: selects an example.
        slice: selects a slice.
        save: saves a slice.
        taken: names that slices have already.
    """

    compare: Callable[[], None]
    gains: Callable[[str | None], None]
    example: Callable[[int], None]
    slice: Callable[[str], None]
    save: Save
    taken: Callable[[], Collection[str]]


class AgainstMetadata:
    """Which metadata and which model, a button that asks for the comparison, and the comparison once it is there.

    Args:
        columns: names of the metadata's columns.
        answers: what is called.
    """

    def __init__(self, columns: Sequence[str], answers: Answers) -> None:
        self._button = Button(
            "Hold against the metadata", lambda _button: answers.compare(), css="nbdebug-ask-baseline"
        )
        self._model = w.Dropdown(description="by a", options=tuple(_MODELS), style={"description_width": "auto"})
        self._model.add_class("nbdebug-baseline-model")
        self._columns = w.SelectMultiple(options=tuple(columns), rows=min(6, max(len(columns), 2)))
        self._columns.layout.width = "auto"
        self._columns.add_class("nbdebug-baseline-columns")
        self._columns.observe(lambda _change: self._say_columns(), "value")
        self._fold = Fold("nbdebug-which-columns", lambda: (_hint(), self._columns))
        self._say_columns()
        self._sentence = Label(css="nbdebug-words nbdebug-baseline")
        titles = ("network", "metadata", "difference")
        self._table = Table(
            columns=[column("metric"), *(column(title, align="right") for title in titles)],
            label="network against a model of the metadata",
        )
        self._note = Label(css="nbdebug-caption")
        self._pairs = PairPicture(answers.example, answers.save, answers.taken)
        self._gains = Gains(columns, answers.gains, answers.slice)
        parts = [self._sentence, self._table, self._note, self._pairs.widget, self._gains.widget]
        self._stage = VBox(parts)
        asked = HBox([self._button, self._model], css="nbdebug-options")
        self.widget = VBox([asked, self._fold.widget, self._stage], css="nbdebug-against")
        self.baseline: Baseline | None = None
        self.clear()

    @property
    def stage(self) -> VBox:
        """What the comparison is drawn on."""
        return self._stage

    @property
    def asked(self) -> dict[str, Any]:
        """Columns (None for all) and model, as `session.baseline` takes them."""
        return {"columns": list(self._columns.value) or None, "model": _MODELS[self._model.value]}

    @property
    def by(self) -> str | None:
        """The column by whose values gains are asked for."""
        return self._gains.by

    def clear(self) -> None:
        """Another output, or other weights: nothing is known yet."""
        self.baseline, self._sentence.value = None, ""
        self._gains.clear()
        show(self._stage, False)

    def show(self, baseline: Baseline) -> None:
        """Say what the comparison came to."""
        found = baseline.comparison
        if found is None:
            return
        self.baseline = baseline
        self._sentence.value = f"{found.sentence[:1].upper()}{found.sentence[1:]}."
        self._table.rows = [
            [str(metric), number(network), number(other), difference_text(value, low, high)]
            for metric, network, other, value, low, high in found.metrics[
                ["metric", "network", "baseline", "difference", "low", "high"]
            ].itertuples(index=False, name=None)
        ]
        self._note.value = _note(baseline)
        show(self._stage)

    def draw(self, rows: np.ndarray | None, where: str | None, example: int | None) -> None:
        """Draw the examples of a slice, where there is a comparison; see `PairPicture.show`."""
        self._gains.select(where)
        if self.baseline is not None:
            self._pairs.show(self.baseline, rows, where, example)

    def choose(self, example: int | None) -> None:
        """Mark the selected example."""
        self._pairs.choose(example)

    def show_gains(self, found: pd.DataFrame | None, selected: str | None) -> None:
        """List what the network adds slice by slice; None takes the list away."""
        if found is None:
            self._gains.clear()
        else:
            self._gains.show(found, selected)

    def _say_columns(self) -> None:
        n = len(self._columns.value)
        self._fold.show(f"of {counted(n, 'column')}" if n else f"of all columns ({len(self._columns.options)})")


def _hint() -> Label:
    return Label("Ctrl or Shift picks several; none picked: all.", css="nbdebug-caption")


def _note(baseline: Baseline) -> str:
    model = {"linear": "a linear model", "boosting": "boosted trees"}[baseline.model]
    seen = ", ".join(baseline.columns)
    parts = [
        f"metadata: {model} of {seen}, each example predicted by one that has not seen it",
        f"of all examples, n = {baseline.n:,}",
        "a network that was trained on these examples is flattered",
        *baseline.notes,
        *(f"{name} is left out: {why}" for name, why in baseline.left_out.items()),
    ]
    return "; ".join(filter(None, parts)) + "."
