"""The histogram of scores with its threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.measure.outcomes import BINARY, THRESHOLD
from nbdebug.measure.thresholds import Thresholds
from nbdebug.panels.parts.region_slice import Held, RegionSlice, Save
from nbdebug.panels.words import counted, span_text, value_text
from nbdebug.records import Output
from nbdebug.records.counts import Counts
from nbdebug.render.plain import Button, HBox, Label, VBox
from nbdebug.render.score_histogram import ScoreHistogram

_HINT = "Drag over the picture. By keyboard: ask for it in Slices, such as prediction >= 0.2 and prediction < 0.5."


class Scores:
    """Histogram by label; for a binary output with a threshold to move, the outcomes it makes and what they cost.

    Args:
        moved: called when the threshold was moved.
        guarded: `guarded(answer)` is what a press of a button calls.
        save: saves a slice.
    """

    def __init__(
        self, moved: Callable[[Any], None], guarded: Callable[[Callable[[Any], None]], Any], save: Save
    ) -> None:
        self._thresholds: Thresholds | None = None
        self._numbers, self._examples, self._title = np.zeros(0), np.zeros(0, int), ""
        self._exact: float | None = None
        self._moved = moved
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
        self._slice = RegionSlice(self._histogram.region, self._held, save, "Slice from an interval", _HINT)
        self.widget = VBox([self._histogram.widget, self._slice.widget, self._binary])

    @property
    def threshold(self) -> float:
        """The score from which on 1 is predicted."""
        value = round(float(self._slider.value), 12)
        return self._exact if self._exact is not None and value == _on_slider(self._exact) else value

    @property
    def counts(self) -> Counts | None:
        """What the threshold makes of the examples with a label; None where there are none."""
        return None if self._thresholds is None else self._thresholds.counts(self.threshold)

    def show(self, output: Output, table: pd.DataFrame) -> None:
        """Draw the table of `session.predictions`."""
        self._thresholds = _thresholds(table) if output.kind == "binary" else None
        binary = output.kind == "binary"
        self._binary.layout.display = None if binary else "none"
        shown, self._title = _shown(output, table)
        self._numbers = table[shown].to_numpy(dtype=float)
        self._examples = table["example"].to_numpy()
        if output.kind == "regression":
            self._histogram.show({shown: self._numbers}, title=self._title)
        else:
            groups = _by_label(table) if binary else _by_outcome(table, self._numbers)
            self._histogram.show(groups, title=self._title, bounds=(0.0, 1.0))
        self._slice.clear()
        self._judge()

    def _held(self) -> Held | None:
        if self._histogram.region.bounds is None:
            return None
        low, high = self._histogram.region.bounds
        inside = (self._numbers >= low) & (self._numbers <= high)
        return Held(self._examples[inside], f"{self._title} {span_text(low, high)}")

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
            rounded = _on_slider(best)
            same = self._thresholds.counts(rounded) == self._thresholds.counts(best)
            self._exact = None if same else best  # the page would round what is written to the slider
            if self._slider.value == rounded:
                self._judge()
                self._moved(None)
            self._slider.value = rounded


def _on_slider(threshold: float) -> float:
    """As the slider can say it, with its steps and up to its end."""
    return min(round(threshold, 3), 1.0)


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


def _shown(output: Output, table: pd.DataFrame) -> tuple[str, str]:
    """The column that is drawn, and what it is."""
    if output.kind == "binary":
        return "prediction", f"predicted share of {output.name}"
    if output.kind == "multiclass":
        return "label_probability", "predicted share of the true class"
    if table["label"].notna().any():
        return "residual", f"predicted - true {output.name}"
    return "prediction", f"predicted {output.name}"


def _by_outcome(table: pd.DataFrame, values: np.ndarray) -> dict[str, np.ndarray]:
    outcome = table["outcome"].to_numpy()
    return {name: values[outcome == name] for name in ("wrong", "correct")}


def _by_label(table: pd.DataFrame) -> dict[str, np.ndarray]:
    label, prediction = (table[name].to_numpy(dtype=float) for name in ("label", "prediction"))
    soft = ~np.isnan(label) & ~np.isin(label, (0, 1))
    groups = {f"label {value_text(value)}": prediction[label == value] for value in (0.0, 1.0)}
    if soft.any():  # shares as labels, or means over time
        groups = {"label < 0.5": prediction[label < THRESHOLD], "label >= 0.5": prediction[label >= THRESHOLD]}
    groups["label missing"] = prediction[np.isnan(label)]
    return {name: values for name, values in groups.items() if len(values)}
