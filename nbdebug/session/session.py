"""`Session`: what the user holds in their hands."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from typing import Any

from nbdebug.adapters import opening
from nbdebug.adapters.keras.watching.trained_now import is_training, when_training_begins
from nbdebug.adapters.snapshot import closed_error
from nbdebug.checks.examine import OnVerdict
from nbdebug.checkup import check, so_far
from nbdebug.errors import unknown_name
from nbdebug.measure.call_text import call_text
from nbdebug.measure.check_time import check_time
from nbdebug.measure.choices import pick
from nbdebug.measure.intake.intake import example_positions
from nbdebug.records import Selection
from nbdebug.records.progress import Pulse, still
from nbdebug.records.report import Report, SoFar
from nbdebug.session.tracing import Tracing

_UNCHANGED: Any = object()


class Session(Tracing):
    """Answers questions about one model on one data set; changes neither.

    What a call returns belongs to one state of the weights, the present one. Views show the state of the last
    `refresh()`; after more training `stale()` says so. Results are kept, so asking again costs nothing; the arrays of a
    result are read-only for that reason.

    Args:
        model: any built Keras model.
        x: array, list or dict of arrays, or a finite `tf.data.Dataset` of (x, y[, sample_weight]);
            sequences are (example, time, channel).
        y: labels as the model's loss takes them (class numbers or one-hot): array, DataFrame, list (one a head) or dict
            (by head or output); NaN is missing.
        metadata: DataFrame, one row an example; its index names the examples.
        validation: (x, y) for the checks that compare two sets.
        sample_weight: (example,).
        outputs: names: one, a list (one a head or one a column), or a dict head -> name or names.
        classes: names of the classes, in the order of the head; a dict output -> names where outputs differ.
        channels: names of the input's channels; a dict input -> names with several inputs.
        time_step: how far apart times are, such as "1min"; a bare number is in seconds.
        name: what the session is called; the model's name by default.
        batch_size: examples that go through the model at once; less where memory is short, more where they are many and
            small.
        missing: a class number that means "no label", such as -1.
        host: what shows the session (`host.show(session)`) and is told when it is closed (`host.close(session)`).

    Raises:
        NbdebugError: what was handed over cannot be used; nothing has been computed then.
        ModelError: the model itself raised on the first examples.
    """

    def check(
        self,
        only: Sequence[str] | None = None,
        *,
        monitor: Any = None,
        on_verdict: OnVerdict | None = None,
        pulse: Pulse = still,
        **fit: Any,
    ) -> Report:
        """Look for what is wrong with the model, its data and its training; see `nbdebug.check`.

        It looks anew each time, as the model may have been compiled again, or the data mended, since. The Checkup panel
        shows what was found.

        Args:
            only: names of checks or families; None for all.
            monitor: the `nbdebug.Monitor` that watched the last fit; by default the one that last watched this model.
            on_verdict: called after each check with its verdict and how many checks there are.
            pulse: called between batches and between checks; what it raises ends the checkup.
            **fit: what `fit` was or will be given: epochs, batch_size, shuffle, class_weight.

        Raises:
            NbdebugError: an unknown name in `only`.
        """
        data, validation = self._open_data, self.validation

        def work() -> tuple[Report, str]:
            report = check(
                self._probe.model,
                dict(data.x),
                dict(data.y) or None,
                validation=None if validation is None else (dict(validation.x), dict(validation.y)),
                monitor=monitor,
                only=only,
                on_verdict=on_verdict,
                pulse=pulse,
                **fit,
            )
            return report, self._snapshot.fingerprint

        report, state = self._run(None, work)
        self.book.enter(report, state, all_anew=only is None, fit=fit)
        return report

    @property
    def is_checked(self) -> bool:
        """Whether all checks have looked at the weights that views show."""
        return self.book.state == self._snapshot.viewed

    @property
    def is_training(self) -> bool:
        """Whether a cell is inside Keras' training of this model."""
        return self._model is not None and is_training(self._model.model)

    def so_far(self) -> SoFar | None:
        """What a Monitor has noted of the running or last fit, None where it was in none; the model is not asked."""
        return None if self._model is None else so_far(self._model.model)

    def when_training_begins(self, observer: Callable[[], None]) -> Callable[[], None]:
        """Call `observer()`, on the thread that trains, when a watched fit begins; returns how to stop that."""
        return when_training_begins(self._probe.model, observer)

    def select(
        self,
        *,
        layer: str | None = _UNCHANGED,
        time: int | None = _UNCHANGED,
        example: int | None = _UNCHANGED,
        output: str | None = _UNCHANGED,
        slice: str | None = _UNCHANGED,
    ) -> Selection:
        """Select what all panels show; what is not named stays, None clears.

        Raises:
            NbdebugError: unknown layer, output, example, time or slice; nothing is selected then.
        """
        asked = {"layer": layer, "time": time, "example": example, "output": output, "slice": slice}
        fields = {key: value for key, value in asked.items() if value is not _UNCHANGED}
        _ = self._open_data
        if fields.get("layer") is not None:
            pick("layer", layer, self.layers)
        if fields.get("output") is not None:
            pick("output", output, self.outputs)
        if fields.get("example") is not None:
            (fields["example"],) = example_positions(example, self.n_examples)
        if fields.get("time") is not None:
            fields["time"] = check_time(time, self.time_axis.n)
        if fields.get("slice") is not None:
            self.slice_rows(slice, output if fields.get("output") is not None else self.selection.output)
        return self.store.update(**fields)

    def stale(self, anew: bool = False) -> str:
        """Why what is shown is old, "" where it is not; `anew` looks even if somebody has just looked."""
        if self._model is None or not self._snapshot.is_stale(anew):
            return ""
        now = self._probe.step()
        moved = "" if now is None or now == self._steps else f" (step {self._steps:,} -> {now:,})"
        return f"weights changed since{moved}"

    def refresh(self) -> None:
        """Let views take the present weights; what was computed before is dropped."""
        self._snapshot.refresh()
        self._steps = self._probe.step()

    def call_text(self, call: str, **arguments: Any) -> str:
        """The code that repeats a call: `session.activations('conv_2', 881)`."""
        if call.startswith("_") or not callable(getattr(self, call, None)):
            raise unknown_name("call", call, [n for n in dir(self) if not n.startswith("_")])
        return call_text("session", getattr(self, call), arguments)

    def show(self) -> None:
        """Show the session in the sidebar, or below the cell where there is none.

        Raises:
            NbdebugError: the session is closed, or was not made by `nbdebug.debug`.
        """
        if self._model is None:
            raise closed_error()
        opening.require_host(self._host).show(self)

    def close(self) -> None:
        """Let go of the model, the data and everything computed; later calls say that the session is closed."""
        if self._model is None:
            return
        self.jobs.close()
        if self._host is not None:
            self._host.close(self)
        self._snapshot.close()
        self._model = self._data = self._host = self._held = self.validation = self.metadata = None
        gc.collect()  # compiled functions hold themselves in cycles
