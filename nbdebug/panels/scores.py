"""The histogram of scores with its threshold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.measure.outcomes import BINARY, THRESHOLD, with_threshold
from nbdebug.panels.words import counted, value_text
from nbdebug.records import Output
from nbdebug.render.plain import HBox, Label, VBox
from nbdebug.render.score_histogram import ScoreHistogram


class Scores:
    """Histogram by label; for a binary output with a threshold to move and the outcomes it makes.

    Args:
        moved: called when the threshold was moved.
    """

    def __init__(self, moved: Callable[[Any], None]) -> None:
        self._table: pd.DataFrame | None = None
        self._histogram = ScoreHistogram()
        self._slider = w.FloatSlider(
            value=THRESHOLD,
            min=0.0,
            max=1.0,
            step=0.01,
            description="Threshold",
            style={"description_width": "auto"},
            layout=w.Layout(width="auto", flex="1 1 auto", min_width="0"),
        )
        self._slider.add_class("nbdebug-threshold")
        self._slider.observe(lambda _change: self._judge(), "value")
        self._slider.observe(moved, "value")
        self._outcomes = Label(css="nbdebug-caption")
        line = HBox([self._slider], css="nbdebug-options")
        self._binary = VBox([line, self._outcomes], layout=w.Layout())
        self.widget = VBox([self._histogram.widget, self._binary])

    @property
    def threshold(self) -> float:
        """The score from which on 1 is predicted."""
        return round(float(self._slider.value), 6)

    def show(self, output: Output, table: pd.DataFrame) -> None:
        """Draw the table of `session.predictions`."""
        self._table = table
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
        if self._table is None or self._binary.layout.display is not None:
            self._histogram.threshold(None)
            return
        self._histogram.threshold(self.threshold)
        counts = with_threshold(self._table, self.threshold)["outcome"].value_counts()
        told = [counted(int(counts.get(name, 0)), name.replace("_", " ")) for name in BINARY]
        self._outcomes.value = f"At {self.threshold:g}: {', '.join(told)}." if counts.sum() else ""


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
