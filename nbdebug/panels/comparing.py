"""Holding the network against its metadata, for the Predictions panel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.panels.panel import Panel
from nbdebug.panels.parts.against_metadata import AgainstMetadata, Answers
from nbdebug.panels.parts.region_slice import Save
from nbdebug.panels.working import Task
from nbdebug.records import Output
from nbdebug.records.baseline import Baseline, Comparison
from nbdebug.records.progress import Progress


class Comparing:
    """Fits what is asked for, shows it, and lets examples and slices be picked from it.

    Args:
        panel: whose work it is.
        compared: called when there is another comparison.
        save: saves a slice.
    """

    def __init__(self, panel: Panel, compared: Callable[[], None], save: Save) -> None:
        self._panel, self._bench, self._compared, self._save = panel, panel.bench, compared, save
        metadata = panel.bench.metadata
        self.has_metadata = metadata is not None and len(metadata.columns) > 0
        names = () if metadata is None else tuple(dict.fromkeys(map(str, metadata.columns)))
        self._shown = AgainstMetadata(names, self._answers())
        self._output: Output | None = None
        self._rows: np.ndarray | None = None

    @property
    def widget(self) -> w.Widget:
        """What it is shown in."""
        return self._shown.widget

    @property
    def comparison(self) -> Comparison | None:
        """The one that is shown, None before there is one."""
        return None if self._shown.baseline is None else self._shown.baseline.comparison

    def turn_to(self, output: Output | None) -> None:
        """Another output, or other weights: nothing is known yet."""
        self._output = output
        self._shown.clear()

    def draw(self, rows: np.ndarray | None) -> None:
        """Draw these examples of the selected slice, None for all."""
        self._rows, selection = rows, self._bench.store.selection
        self._shown.draw(rows, selection.slice, selection.example)

    def choose(self, example: int | None) -> None:
        """Mark the selected example."""
        self._shown.choose(example)

    def call(self) -> str:
        """The call behind the comparison."""
        return self._bench.call_text("baseline", **self._asked())

    def judge(self) -> None:
        """Compare again by the threshold that is picked now; nothing happens before there is a comparison."""
        if self.comparison is not None:
            self._compare()

    def _asked(self) -> dict[str, Any]:
        assert self._output is not None
        asked = {**self._shown.asked, "output": self._output.name}
        binary = self._output.kind == "binary"
        return {**asked, "threshold": self._panel.shared.threshold.value} if binary else asked

    def _compare(self) -> None:
        if self._output is None:
            return
        asked = self._asked()

        def work(progress: Progress) -> Baseline:
            return self._bench.baseline(**asked, pulse=lambda: progress(0, 1))

        doing, stage = f"baseline of {self._output.name}", self._shown.stage
        self._panel.work(Task(work, self._show, doing, "baseline", "patient", stage, "comparison"))

    def _show(self, baseline: Baseline) -> None:
        self._shown.show(baseline)
        self.draw(self._rows)
        self._compared()
        self._list_gains()

    def _list_gains(self) -> None:
        by = self._shown.by
        if self._output is None or by is None or self.comparison is None:
            self._shown.show_gains(None, None)
            return
        asked = {**self._shown.asked, "output": self._output.name}

        def work(progress: Progress) -> pd.DataFrame:
            return self._bench.gain_by_slice(by, **asked, pulse=lambda: progress(0, 1))

        def done(found: pd.DataFrame) -> None:
            self._shown.show_gains(found, self._bench.store.selection.slice)

        self._panel.work(Task(work, done, f"gain by {by}", "gains", "patient", shows="list"))

    def _pick_example(self, example: int) -> None:
        self._panel.select(example=example)
        self._panel.shared.opened("example")

    def _pick_slice(self, name: str) -> None:
        self._panel.select(slice=None if name == self._bench.store.selection.slice else name)

    def _answers(self) -> Answers:
        def answered(answer: Callable[..., None]) -> Callable[..., None]:
            return lambda *given: self._panel.guarded(lambda _: answer(*given))(None)

        return Answers(
            compare=answered(self._compare),
            gains=answered(lambda _column: self._list_gains()),
            example=answered(self._pick_example),
            slice=answered(self._pick_slice),
            save=self._save,
            taken=lambda: self._bench.slices,
        )
