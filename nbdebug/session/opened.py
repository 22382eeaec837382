"""What a session is made of: the model, the data, what is kept of them, and what is selected."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from nbdebug.adapters import opening
from nbdebug.adapters.snapshot import Snapshot, closed_error
from nbdebug.measure.choices import first_layer
from nbdebug.panels.jobs import Jobs
from nbdebug.panels.parts.book import Book
from nbdebug.panels.store import SelectionStore
from nbdebug.records import Input, Layer, Output, Selection
from nbdebug.records.data import Data
from nbdebug.records.time_axis import TimeAxis

T = TypeVar("T")


class Opened:
    """A model and data, opened; `Session` says what each argument is."""

    def __init__(
        self,
        model: Any,
        x: Any,
        y: Any = None,
        *,
        metadata: Any = None,
        validation: Any = None,
        sample_weight: Any = None,
        outputs: Any = None,
        classes: Any = None,
        channels: Any = None,
        time_step: Any = None,
        name: str | None = None,
        batch_size: int = 32,
        missing: float | None = None,
        host: Any = None,
    ) -> None:
        wishes = opening.Wishes(
            metadata, validation, sample_weight, outputs, classes, channels, time_step, batch_size, missing
        )
        opened = opening.open_model(model, x, y, wishes)
        self._model: Any = opened.probe
        self._data: Data | None = opened.data
        self.validation: Data | None = opened.validation
        self.name: str = name or opened.probe.name
        self.inputs: tuple[Input, ...] = opened.inputs
        self.outputs: tuple[Output, ...] = opened.outputs
        self.layers: tuple[Layer, ...] = opened.probe.layers
        self.time_axis: TimeAxis = opened.time_axis
        self.n_examples: int = opened.data.n_examples
        self.metadata: pd.DataFrame | None = opened.data.metadata
        self._readings = opened.readings
        self._missing = missing
        self.store = SelectionStore(self._first_selection())
        self.book = Book()
        self.jobs = Jobs()
        self._steps = opened.probe.step()
        self._snapshot = Snapshot(opened.probe)
        self._host = host

    def __repr__(self) -> str:
        state = "closed" if self._model is None else f"{len(self.layers)} layers, {len(self.outputs)} outputs"
        return f"<nbdebug session {self.name!r}: {self.n_examples:,} examples, {state}>"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed about the data and while computing, in sentences."""
        return (*self._open_data.notes, *self._probe.notes)

    @property
    def weights(self) -> np.ndarray | None:
        """The sample weight of each example, (example,); None where all count alike."""
        return self._open_data.sample_weight

    @property
    def selection(self) -> Selection:
        """What is selected: output, layer, example, time, slice."""
        return self.store.selection

    @property
    def _probe(self) -> Any:
        if self._model is None:
            raise closed_error()
        return self._model

    @property
    def _open_data(self) -> Data:
        if self._data is None:
            raise closed_error()
        return self._data

    def _run(self, key: Hashable | None, work: Callable[[], T]) -> T:
        return self._snapshot.run(key, work)

    def _first_selection(self) -> Selection:
        n_times = self.time_axis.n
        return Selection(
            output=self.outputs[0].name if self.outputs else None,
            layer=first_layer(self.layers),
            example=0,
            time=n_times // 2 if n_times else None,
        )
