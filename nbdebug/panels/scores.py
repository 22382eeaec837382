"""The histogram of scores with its threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.measure.outcomes import BINARY, THRESHOLD
from nbdebug.measure.thresholds import Thresholds
from nbdebug.panels.words import counted, value_text
from nbdebug.records import Output
from nbdebug.records.counts import Counts
from nbdebug.render.plain import Button, HBox, Label, VBox
from nbdebug.render.score_histogram import ScoreHistogram


class Scores:
    """Histogram by label; for a binary output with a threshold to move, the outcomes it makes and what they cost.

    Args:
        moved: called when the threshold was moved.
        guarded: `guarded(answer)` is what a press of a button calls.
    """

    def __init__(self, moved: Callable[[Any], None], guarded: Callable[[Callable[[Any], None]], Any]) -> None:
        self._thresholds: Thresholds | None = None
        self._histogram = ScoreHistogram()
        self._slider = w.FloatSlider(
            value=THRESHOLD,
            min=0.0,
            max=1.0,
            step=0.001,
            readout_format=".3f",
            description="Threshold",
            style={"description_width": "auto"},
            layout=w.Layout(width="auto", flex="1 1 auto", min_width="0"),
        )
        self._slider.add_class("nbdebug-threshold")
        self._slider.observe(lambda _change: self._judge(), "value")
        self._slider.observe(moved, "value")
        self._outcomes = Label(css="nbdebug-caption")
        line = HBox([self._slider], css="nbdebug-options")
        self._costs = [_cost(kind) for kind in ("Cost of a false positive", "of a false negative")]
        for cost in self._costs:
            cost.observe(guarded(lambda _change: self._judge()), "value")
        self._best = Button("Cheapest threshold", guarded(lambda _press: self._to_best()), css="nbdebug-cheapest")
        costs = HBox([*self._costs, self._best], css="nbdebug-options")
        self._binary = VBox([line, self._outcomes, costs], layout=w.Layout())
        self.widget = VBox([self._histogram.widget, self._binary])

    @property
    def threshold(self) -> float:
        """The score from which on 1 is predicted."""
        return round(float(self._slider.value), 12)

    @property
    def counts(self) -> Counts | None:
        """What the threshold makes of the examples with a label; None where there are none."""
        return None if self._thresholds is None else self._thresholds.counts(self.threshold)

    def show(self, output: Output, table: pd.DataFrame) -> None:
        """Draw the table of `session.predictions`."""
        self._thresholds = _thresholds(table) if output.kind == "binary" else None
        binary = output.kind == "binary"
        self._binary.layout.display = None if binary else "none"
        if binary:
            self._histogram.show(_by_label(table), title=f"predicted share of {output.name}", bounds=(0.0, 1.0))
        elif output.kind == "regression":
            self._show_regression(output, table)
        else:
            self._show_classes(table)
        self._judge()

    def _show_regression(self, output: Output, table: pd.DataFrame) -> None:
        labelled = table["label"].notna().any()
        shown = "residual" if labelled else "prediction"
        title = f"predicted - true {output.name}" if labelled else f"predicted {output.name}"
        self._histogram.show({shown: table[shown].to_numpy(dtype=float)}, title=title)

    def _show_classes(self, table: pd.DataFrame) -> None:
        values, outcome = table["label_probability"].to_numpy(dtype=float), table["outcome"].to_numpy()
        groups = {name: values[outcome == name] for name in ("wrong", "correct")}
        self._histogram.show(groups, title="predicted share of the true class", bounds=(0.0, 1.0))

    def _judge(self) -> None:
        if self._binary.layout.display is not None:
            self._histogram.threshold(None)
            return
        self._histogram.threshold(self.threshold)
        counts = self.counts
        if counts is None:
            self._outcomes.value = ""
            return
        told = [counted(int(getattr(counts, name)), name.replace("_", " ")) for name in BINARY]
        cost = counts.cost(*(float(each.value) for each in self._costs))
        self._outcomes.value = f"At {self.threshold:g}: {', '.join(told)}; cost {cost:,.6g}."

    def _to_best(self) -> None:
        if self._thresholds is not None:
            best = self._thresholds.best(*(float(each.value) for each in self._costs))
            rounded = round(best, 3)
            same = self._thresholds.counts(rounded) == self._thresholds.counts(best)
            self._slider.value = min(rounded if same else best, 1.0)


def _cost(told: str) -> w.BoundedFloatText:
    made = w.BoundedFloatText(
        value=1.0,
        min=0.0,
        max=1e12,
        description=told,
        style={"description_width": "auto"},
        layout=w.Layout(width="auto", min_width="0"),
    )
    made.add_class("nbdebug-cost")
    return made


def _thresholds(table: pd.DataFrame) -> Thresholds | None:
    label, score = (table[name].to_numpy(dtype=float) for name in ("label", "prediction"))
    return Thresholds(label, score) if (np.isfinite(label) & np.isfinite(score)).any() else None


def missing_labels(table: pd.DataFrame) -> int:
    """How many examples have no label."""
    return int(table["label"].isna().sum())


def _by_label(table: pd.DataFrame) -> dict[str, np.ndarray]:
    label, prediction = (table[name].to_numpy(dtype=float) for name in ("label", "prediction"))
    soft = ~np.isnan(label) & ~np.isin(label, (0, 1))
    groups = {f"label {value_text(value)}": prediction[label == value] for value in (0.0, 1.0)}
    if soft.any():  # shares as labels, or means over time
        groups = {"label < 0.5": prediction[label < THRESHOLD], "label >= 0.5": prediction[label >= THRESHOLD]}
    groups["label missing"] = prediction[np.isnan(label)]
    return {name: values for name, values in groups.items() if len(values)}
