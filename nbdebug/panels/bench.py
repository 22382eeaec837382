"""What a panel is handed: the session's calls, without the session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pandas as pd

from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.panels.jobs import Jobs
from nbdebug.panels.parts.book import Book
from nbdebug.panels.store import SelectionStore
from nbdebug.records import Activations, Input, Layer, Output, Sensitivity, UnitStatistics
from nbdebug.records.baseline import Baseline
from nbdebug.records.progress import Progress, Pulse, still
from nbdebug.records.report import Report, SoFar, Verdict
from nbdebug.records.slice import Slice
from nbdebug.records.time_axis import TimeAxis


@runtime_checkable
class Bench(Protocol):
    """The calls of a session that panels use; see `nbdebug.session.Session` for what each returns."""

    name: str
    n_examples: int
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    layers: tuple[Layer, ...]
    metadata: pd.DataFrame | None
    time_axis: TimeAxis
    store: SelectionStore
    jobs: Jobs
    book: Book
    compared: tuple[str, ...]

    @property
    def notes(self) -> tuple[str, ...]: ...

    @property
    def weights(self) -> np.ndarray | None: ...

    @property
    def slices(self) -> tuple[str, ...]: ...

    @property
    def is_checked(self) -> bool: ...

    @property
    def is_training(self) -> bool: ...

    def example_input(self, example: int) -> Mapping[str, np.ndarray]: ...

    def example_name(self, example: int) -> str: ...

    def label(self, example: int, output: str) -> str: ...

    def activations(
        self, layer: str, examples: Any = None, *, training: bool = False, progress: Progress | None = None
    ) -> Activations: ...

    def mean_activations(
        self,
        layer: str,
        where: Any = None,
        *,
        output: str | None = None,
        threshold: float = THRESHOLD,
        progress: Progress | None = None,
    ) -> Activations: ...

    def unit_statistics(
        self,
        layers: Sequence[str] | None = None,
        *,
        progress: Progress | None = None,
        on_part: Callable[[dict[str, UnitStatistics]], None] | None = None,
    ) -> dict[str, UnitStatistics]: ...

    def sensitivity(
        self,
        output: str | None = None,
        *,
        layer: str | None = None,
        unit: int | None = None,
        at: Any = None,
        examples: Any = None,
        progress: Progress | None = None,
    ) -> Sensitivity | dict[str, Sensitivity]: ...

    def predictions(
        self, output: str | None = None, *, threshold: float = THRESHOLD, progress: Progress | None = None
    ) -> pd.DataFrame: ...

    def predictions_over_time(self, output: str, example: int) -> np.ndarray | None: ...

    def labels_over_time(self, output: str, example: int) -> np.ndarray | None: ...

    def metrics(
        self, output: str | None = None, where: Any = None, *, threshold: float = THRESHOLD
    ) -> pd.DataFrame: ...

    def baseline(
        self,
        columns: Any = None,
        output: str | None = None,
        *,
        model: str = "linear",
        threshold: float = THRESHOLD,
        pulse: Pulse = still,
    ) -> Baseline: ...

    def gain_by_slice(
        self,
        slices: Any,
        columns: Any = None,
        output: str | None = None,
        *,
        model: str = "linear",
        pulse: Pulse = still,
    ) -> pd.DataFrame: ...

    def define_slice(
        self,
        where: Any,
        name: str | None = None,
        *,
        output: str | None = None,
        metric: str = "loss",
        threshold: float = THRESHOLD,
        note: str = "",
    ) -> Slice: ...

    def compare_slices(
        self, slices: Sequence[Any], *, output: str | None = None, metric: str = "loss", threshold: float = THRESHOLD
    ) -> tuple[Slice, ...]: ...

    def slices_by(
        self, column: str, *, output: str | None = None, metric: str = "loss", threshold: float = THRESHOLD
    ) -> tuple[Slice, ...]: ...

    def find_slices(
        self,
        columns: Any = None,
        depth: int = 2,
        metric: str = "loss",
        *,
        output: str | None = None,
        threshold: float = THRESHOLD,
    ) -> pd.DataFrame: ...

    def slice_units(
        self,
        where: Any,
        layer: str | None = None,
        *,
        output: str | None = None,
        positions: bool = False,
        n: int = 100,
        threshold: float = THRESHOLD,
        progress: Progress | None = None,
    ) -> pd.DataFrame: ...

    def slice_rows(
        self, where: Any, output: str | None = None, *, threshold: float = THRESHOLD
    ) -> np.ndarray | None: ...

    def check(
        self,
        only: Sequence[str] | None = None,
        *,
        on_verdict: Callable[[Verdict, int], None] | None = None,
        pulse: Pulse = still,
        **fit: Any,
    ) -> Report: ...

    def so_far(self) -> SoFar | None: ...

    def when_training_begins(self, observer: Callable[[], None]) -> Callable[[], None]: ...

    def stale(self, anew: bool = False) -> str: ...

    def refresh(self) -> None: ...

    def close(self) -> None: ...

    def call_text(self, call: str, **arguments: Any) -> str: ...
