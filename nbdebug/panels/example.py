"""The Example panel: the very input behind a prediction, and what of it the network looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.panels.ahead import example_gradient, fetch_ahead, gradient_call
from nbdebug.panels.input_views import input_view
from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.input_groups import input_groups
from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.table import Table
from nbdebug.panels.words import example_text, number, value_text
from nbdebug.panels.working import Task
from nbdebug.records import Selection, Sensitivity
from nbdebug.records.progress import Progress
from nbdebug.render.plain import Button, HBox, Label, Stage, VBox
from nbdebug.render.time_lines import TimeLines


class ExamplePanel(Panel):
    """One example: its input at once; its prediction and its gradient as soon as they are there."""

    name = "example"
    title = "Example"
    order = 60
    depends = frozenset({"example", "output", "time"})

    def build(self) -> w.Widget:
        """Walking, the sentence, the inputs, prediction over time, metadata."""
        self._place = Label(css="nbdebug-caption")
        self._back = self._walk("‹ previous", "nbdebug-walk-back", -1)
        self._on = self._walk("next ›", "nbdebug-walk-on", 1)
        self._gradient = w.Checkbox(value=True, description="gradient", indent=False, layout=w.Layout(width="auto"))
        self._gradient.observe(self.guarded(lambda _change: self._ask_gradient(self.bench.store.selection)), "value")
        walk = HBox([self._back, self._on, self._place, self._gradient], css="nbdebug-options")
        self._sentence = Label(css="nbdebug-words")
        self._over_time = Stage()
        self._lines: TimeLines | None = None
        self._metadata = Table(columns=[column("metadata"), column("", align="right")], label="metadata")
        shown = [] if self.bench.metadata is None or self.bench.metadata.empty else [self._metadata]
        self.shared.trail.observe(lambda: self._say_place(self.bench.store.selection.example))
        return VBox([walk, self._sentence, self._build_inputs(), self._over_time, *shown])

    def update(self, selection: Selection, changed: frozenset[str]) -> None:
        """Draw the input; ask for what must be computed."""
        if selection.example is None:
            self._sentence.value = "No example is selected."
            return
        if "example" in changed:
            self._show_input(selection.example)
        if changed & {"example", "output"}:
            self._ask_prediction(selection)
        per_time = any(output.name == selection.output and output.per_time for output in self.bench.outputs)
        if changed & {"example", "output"} or per_time:
            self._ask_gradient(selection)
        if "example" in changed:
            fetch_ahead(
                self.bench,
                selection,
                self.shared.trail.around(selection.example),
                gradients=self._gradient.value and selection.output is not None,
            )

    def call(self, selection: Selection) -> str:
        """The call behind the gradient; the input itself where no gradient is drawn."""
        if selection.example is None or selection.output is None or (self._built and not self._gradient.value):
            return self.bench.call_text("example_input", example=selection.example or 0)
        return gradient_call(self.bench, selection)

    def _build_inputs(self) -> w.Widget:
        time = self.bench.store.selection.time
        groups = input_groups(self.bench.inputs)
        self._views = [(group, input_view(group.given, self.bench.time_axis, time)) for group in groups]
        parts: list[w.Widget] = []
        for group, view in self._views:
            if len(self._views) > 1:
                parts.append(Label(group.given.name, css="nbdebug-subtitle"))
            parts.append(view.widget)
            self.scrubber.add_cursors(*view.cursors)
        return VBox(parts, css="nbdebug-input")

    def _walk(self, text: str, css: str, by: int) -> Button:
        def go(_button: Button) -> None:
            there = self.shared.trail.step(self.bench.store.selection.example or 0, by)
            if there is not None:
                self.select(example=there)

        return Button(text, self.guarded(go), css=f"nbdebug-tool {css}")

    def _say_place(self, example: int | None) -> None:
        if example is None:
            return
        trail = self.shared.trail
        place = trail.place(example)
        if place is None:
            self._place.value = f"not in the list ({trail.of})" if trail.of else "in the order of the data"
        else:
            self._place.value = f"{place[0] + 1} of {place[1]} {trail.of}"
        self._back.disabled = trail.step(example, -1) is None
        self._on.disabled = trail.step(example, 1) is None

    def _show_input(self, example: int) -> None:
        self._say_place(example)
        by_name = self.bench.example_input(example)
        for group, view in self._views:
            view.show(group.values(by_name))
            view.overlay(None, "")
        if self.bench.metadata is not None:
            row = self.bench.metadata.iloc[example]
            self._metadata.rows = [
                [str(name), _cell(value)] for name, value in zip(row.index, row.to_list(), strict=True)
            ]

    def _ask_prediction(self, selection: Selection) -> None:
        example, output = selection.example, selection.output
        assert example is not None
        name = example_text(example, self.bench.example_name(example))
        self.summary.value = name.removeprefix("example ")
        if output is None:
            self._sentence.value = f"{name}: no output is selected."
            return
        label = self.bench.label(example, output)
        self._sentence.value = f"{name}: {output}, label {label}."

        def over_time(_progress: Progress) -> tuple[np.ndarray | None, np.ndarray | None]:
            return self.bench.predictions_over_time(output, example), self.bench.labels_over_time(output, example)

        def prediction(progress: Progress) -> pd.DataFrame:
            return self.bench.predictions(output, progress=progress)

        def show_over_time(found: tuple[np.ndarray | None, np.ndarray | None]) -> None:
            self._show_over_time(*found, label)

        def show_prediction(table: pd.DataFrame) -> None:
            self._show_prediction(table.iloc[example], name, output)

        self.work(Task(over_time, show_over_time, "prediction over time", "over time"))
        self.work(Task(prediction, show_prediction, f"predictions of {output}", "prediction", "patient"))

    def _show_prediction(self, row: pd.Series, name: str, output: str) -> None:
        outcome = row.get("outcome")
        said = f"{outcome.replace('_', ' ')}: " if isinstance(outcome, str) else ""
        loss = f", loss {number(float(row['loss']))}" if np.isfinite(row["loss"]) else ""
        label, prediction = value_text(row["label"]), value_text(row["prediction"])
        self._sentence.value = f"{name}: {said}{output} predicted {prediction}, label {label}{loss}."
        self.summary.value = f"{name.removeprefix('example ')} {said.removesuffix(': ')}".strip()

    def _show_over_time(self, line: np.ndarray | None, labels: np.ndarray | None, label: str) -> None:
        if line is None:
            self._over_time.present(None)
            return
        if self._lines is None:
            self._lines = TimeLines(self.bench.time_axis, "predicted", self.bench.store.selection.time)
            self._caption = Label(css="nbdebug-caption")
            self._drawn = VBox([self._lines.figure, self._caption])
            self.scrubber.add_cursors(self._lines.cursor)
        known = _as_number(label) if labels is None else labels
        self._lines.show(line.astype(np.float64), known)
        labelled = " Green, dashed: the label." if np.isfinite(known).any() else ""
        self._caption.value = f"Red: predicted over time.{labelled}"
        self._over_time.present(self._drawn)

    def _ask_gradient(self, selection: Selection) -> None:
        self.copy_text(selection)
        example = selection.example
        if not self._gradient.value or selection.output is None or example is None:
            for _, view in self._views:
                view.overlay(None, "")
            return

        def gradient(progress: Progress) -> Mapping[str, Sensitivity]:
            return example_gradient(self.bench, selection, example, progress)

        self.work(Task(gradient, self._show_gradient, "gradient", "gradient"))

    def _show_gradient(self, found: Mapping[str, Sensitivity]) -> None:
        for group, view in self._views:
            one = group.sensitivity(found)
            view.overlay(None if one is None else np.asarray(one.values, np.float64), "" if one is None else one.of)


def _cell(value: Any) -> str:
    return number(value) if isinstance(value, float) and value == value else "missing" if value != value else str(value)


def _as_number(label: str) -> np.ndarray:
    try:
        return np.array([float(label)])
    except ValueError:
        return np.zeros(0)
