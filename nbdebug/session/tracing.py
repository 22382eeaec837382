"""What a session answers of inputs, layers and gradients."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from nbdebug.adapters.over_time import labels_over_time, over_time
from nbdebug.adapters.sensitivities import answer, ask_output, ask_unit, class_column, refuse_both
from nbdebug.adapters.traces import mean_trace, trace
from nbdebug.adapters.unit_statistics import OnPart, stream_statistics
from nbdebug.errors import NbdebugError
from nbdebug.measure.choices import choose_layers, label_text, pick, pick_output
from nbdebug.measure.intake.intake import example_positions
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records import Activations, Sensitivity, UnitStatistics
from nbdebug.records.progress import Progress
from nbdebug.session.partitioned import Partitioned


class Tracing(Partitioned):
    """Inputs, activations and what a number depends on."""

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
