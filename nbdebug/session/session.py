"""`Session`: what the user holds in their hands."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from nbdebug.adapters import opening
from nbdebug.adapters.keras.trained_now import is_training, when_training_begins
from nbdebug.adapters.over_time import labels_over_time, over_time
from nbdebug.adapters.sensitivities import answer, ask_output, ask_unit, class_column, refuse_both
from nbdebug.adapters.snapshot import closed_error
from nbdebug.adapters.traces import mean_trace, trace
from nbdebug.adapters.unit_statistics import OnPart, stream_statistics
from nbdebug.checks.examine import OnVerdict
from nbdebug.checkup import check, so_far
from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.measure.call_text import call_text
from nbdebug.measure.check_time import check_time
from nbdebug.measure.choices import choose_layers, label_text, pick, pick_output
from nbdebug.measure.intake.intake import example_positions
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records import Activations, Selection, Sensitivity, UnitStatistics
from nbdebug.records.progress import Progress, Pulse, still
from nbdebug.records.report import Report, SoFar
from nbdebug.session.partitioned import Partitioned

_UNCHANGED: Any = object()


class Session(Partitioned):
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
        batch_size: examples that go through the model at once; less where memory is short.
        missing: a class number that means "no label", such as -1.
        host: what shows the session (`host.show(session)`) and is told when it is closed (`host.close(session)`).

    Raises:
        NbdebugError: what was handed over cannot be used; nothing has been computed then.
        ModelError: the model itself raised on the first examples.
    """

    def example_input(self, example: int) -> dict[str, np.ndarray]:
        """The input of one example, by input name, as handed over but channels last (a view, not a copy)."""
        (at,) = example_positions(int(example), self.n_examples)
        return {port.name: port.channels_last(self._open_data.x[port.name][at]) for port in self.inputs}

    def example_name(self, example: int) -> str:
        """What the metadata's index calls an example; its position without metadata."""
        (at,) = example_positions(int(example), self.n_examples)
        return str(self._open_data.index[at])

    def label(self, example: int, output: str | None = None) -> str:
        """The label of one example as text: a class, a number, or "missing"."""
        (at,) = example_positions(int(example), self.n_examples)
        chosen = pick_output(output, self.outputs)
        return label_text(self._open_data.labels.get(chosen.name), at, chosen)

    def activations(
        self, layer: str, examples: Any = None, *, training: bool = False, progress: Progress | None = None
    ) -> Activations:
        """What the units of a layer put out.

        Args:
            layer: name of the layer.
            examples: position, sequence of positions, slice, boolean array, or None for all.
            training: True switches dropout on and lets batch norm use the batch; the record says so.
            progress: called after each batch.

        Returns:
            `Activations`; values (example, *axes, unit).

        Raises:
            NbdebugError: unknown layer or example, or more than fits in memory.
        """
        chosen, positions = pick("layer", layer, self.layers), example_positions(examples, self.n_examples)

        def work() -> Activations:
            x, state = self._open_data.x, self._snapshot.fingerprint
            return trace(self._probe, chosen, x, positions, training=training, fingerprint=state, progress=progress)

        return self._run(("activations", chosen.name, positions, training), work)

    def mean_activations(
        self,
        layer: str,
        where: Any = None,
        *,
        output: str | None = None,
        threshold: float = THRESHOLD,
        progress: Progress | None = None,
    ) -> Activations:
        """The mean over examples of what a layer puts out, padding left out; values (1, *axes, unit).

        Args:
            layer: name of the layer.
            where: a slice: its name, a query, or a boolean array; None for all examples.
            output: of a query over label, prediction or loss; the selected one by default.
            threshold: the share from which on a binary output predicts 1, for a query over outcome.
            progress: called after each batch.

        Raises:
            NbdebugError: unknown layer or output, no slice, or one without an example.
        """
        chosen = pick("layer", layer, self.layers)
        of = output or self.selection.output
        inside = None if where is None else self.slice_rows(where, of, threshold=threshold)
        examples = range(self.n_examples) if inside is None else np.flatnonzero(inside).tolist()
        if not len(examples):
            raise NbdebugError("The slice holds no example.", got=str(where), fix="another slice, or None for all")

        def work() -> Activations:
            x, state = self._open_data.x, self._snapshot.fingerprint
            return mean_trace(self._probe, chosen, x, examples, fingerprint=state, progress=progress)

        return self._run(("mean_activations", chosen.name, None if inside is None else inside.tobytes()), work)

    def unit_statistics(
        self, layers: Iterable[str] | None = None, *, progress: Progress | None = None, on_part: OnPart | None = None
    ) -> dict[str, UnitStatistics]:
        """What each unit does over all examples and unmasked times: one streaming pass for all layers.

        Args:
            layers: names; None for all layers that have units.
            progress: called after each batch.
            on_part: called with provisional records (`complete` is False) while examples stream in.

        Raises:
            NbdebugError: unknown layer, or one without units.
        """
        wanted = choose_layers(layers, self.layers)
        kept = {name: self._snapshot.kept(("statistics", name)) for name in wanted}
        left = [name for name in wanted if kept[name] is None]

        def work() -> dict[str, UnitStatistics]:
            x, state = self._open_data.x, self._snapshot.fingerprint
            return stream_statistics(self._probe, left, x, fingerprint=state, progress=progress, on_part=on_part)

        found = self._run(("unit_statistics", tuple(left)), work) if left else {}
        for name, record in found.items():
            self._snapshot.keep(("statistics", name), record)
        return {name: found.get(name, kept[name]) for name in wanted}

    def sensitivity(
        self,
        output: str | None = None,
        *,
        layer: str | None = None,
        unit: int | None = None,
        at: Any = None,
        examples: Any = None,
        progress: Progress | None = None,
    ) -> Sensitivity | dict[str, Sensitivity]:
        """How one number depends on every input time: the gradient, differentiated at the logit where there is one.

        Args:
            output: name of the output; None with `layer`, or for the only output.
            layer: ask about a unit of this layer instead.
            unit: which unit; of a multi-class output, which class (default: the one predicted most often).
            at: input time, or several for anchors that share the forward pass; the middle by default where the number
                has a time.
            examples: as for `activations`; None averages over all.
            progress: called after each batch.

        Returns:
            `Sensitivity`, by input name where the network has several inputs.

        Raises:
            NbdebugError: unknown output, layer, unit, example or time; both output and layer; a number without time was
                asked at a time.
        """
        positions = example_positions(examples, self.n_examples)
        if layer is not None:
            refuse_both(output, layer)
            question = ask_unit(pick("layer", layer, self.layers), unit, at, self.time_axis.n)
        else:
            chosen = pick_output(output, self.outputs)
            column = class_column(chosen, unit, lambda: self._table(chosen, progress).iloc[list(positions)])
            question = ask_output(chosen, self._probe.head(chosen.head), column, at, self.time_axis.n)

        def work() -> Sensitivity | dict[str, Sensitivity]:
            x, state = self._open_data.x, self._snapshot.fingerprint
            return answer(self._probe, question, x, positions, inputs=self.inputs, fingerprint=state, progress=progress)

        return self._run(("sensitivity", question, positions), work)

    def predictions_over_time(self, output: str | None, example: int) -> np.ndarray | None:
        """The prediction of one example at every input time, (time,); None where the output has none.

        A head over time is taken as it is; else the layer over time whose mean the prediction is, where there is one.
        """
        chosen = pick_output(output, self.outputs)
        (at,) = example_positions(int(example), self.n_examples)

        def work() -> tuple[np.ndarray | None]:
            head = self._probe.head(chosen.head)
            reading, x = self._readings[chosen.head], self._open_data.x
            return (over_time(self._probe, chosen, head, reading, self.layers, x, at, self.time_axis.n),)

        return self._run(("over_time", chosen.name, at), work)[0]

    def labels_over_time(self, output: str | None, example: int) -> np.ndarray | None:
        """The label of one example at every input time, (time,); None where labels have no time.

        NaN where it is missing and where time is padding.

        Of a multi-class output it is the number of the class.
        """
        chosen = pick_output(output, self.outputs)
        (at,) = example_positions(int(example), self.n_examples)
        labels = self._open_data.labels.get(chosen.name)
        if labels is None or not chosen.per_time or labels.ndim != 2:
            return None

        def work() -> np.ndarray:
            head = self._probe.head(chosen.head)
            return labels_over_time(self._probe, head, labels, self._open_data.x, at, self.time_axis.n)

        return self._run(("labels_over_time", chosen.name, at), work)

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
