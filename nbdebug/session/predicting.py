"""What a session answers of predictions: how good they are, against what, and on whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.adapters.scores import output_shares, output_tables
from nbdebug.adapters.slice_units import compare_units
from nbdebug.measure.baseline.held import hold_against, require_metadata
from nbdebug.measure.choices import pick, pick_output
from nbdebug.measure.metrics import output_metrics
from nbdebug.measure.outcomes import THRESHOLD, with_threshold
from nbdebug.measure.slices.by_column import slices_by
from nbdebug.measure.slices.define import define
from nbdebug.measure.slices.find import find
from nbdebug.measure.slices.internals import UnitDifferences
from nbdebug.measure.slices.named import NamedSlices
from nbdebug.measure.slices.numbers import number_of
from nbdebug.measure.worst import worst_first
from nbdebug.records import Output
from nbdebug.records.baseline import Baseline
from nbdebug.records.progress import Progress, Pulse, still
from nbdebug.records.slice import Slice
from nbdebug.session.opened import Opened


class Predicting(Opened):
    """Predictions, metrics, the baseline, and slices."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._named = NamedSlices()

    @property
    def slices(self) -> tuple[str, ...]:
        """Names of the slices that were defined, each of which `select(slice=)` and `where=` take."""
        return self._named.names

    def predictions(
        self, output: str | None = None, *, threshold: float = THRESHOLD, progress: Progress | None = None
    ) -> pd.DataFrame:
        """A row an example: position, label, prediction, loss, and outcome or residual.

        Of a multi-class output `label_probability` is what the model gave the class that is true. The index names
        the examples; `attrs["note"]` says where numbers are means over time or the loss is inferred.

        Args:
            output: name of the output.
            threshold: the share from which on a binary output predicts 1.
            progress: called after each batch.
        """
        return self._judged(pick_output(output, self.outputs), threshold, progress).copy()

    def worst(
        self,
        outcome: str = "loss",
        n: int = 20,
        output: str | None = None,
        *,
        threshold: float = THRESHOLD,
        where: Any = None,
    ) -> pd.DataFrame:
        """The rows of `predictions` that are most shocking, first the worst.

        Args:
            outcome: "loss", "residual" (by magnitude), "wrong", "correct", or one of the four binary outcomes.
            n: how many rows at most.
            output: name of the output.
            threshold: the share from which on a binary output predicts 1.
            where: a slice: its name, a query, or a boolean array.

        Raises:
            NbdebugError: unknown outcome or output, no labels, or `where` is no slice.
        """
        chosen = pick_output(output, self.outputs)
        table = self._judged(chosen, threshold)
        rows = self._named.rows(where, table, self.metadata)
        return worst_first(table if rows is None else table[rows], chosen.kind, outcome, n).copy()

    def metrics(self, output: str | None = None, where: Any = None, *, threshold: float = THRESHOLD) -> pd.DataFrame:
        """Every metric that applies: value, 95 % interval (low, high) and how many examples count (n).

        Args:
            output: name of the output.
            where: a slice: its name, a query such as "age > 60 and device == 1", or a boolean array.
            threshold: the share from which on a binary output predicts 1.

        A metric that cannot be computed is NaN; `attrs["reasons"]` says why.
        """
        chosen = pick_output(output, self.outputs)
        table = self._judged(chosen, threshold)
        rows = self._named.rows(where, table, self.metadata)
        weights = self._open_data.sample_weight
        return output_metrics(table, chosen.kind, weights, rows, threshold=threshold, shares=self._shares(chosen))

    def baseline(
        self,
        columns: Sequence[str] | None = None,
        output: str | None = None,
        *,
        model: str = "linear",
        seed: int = 0,
        threshold: float = THRESHOLD,
        pulse: Pulse = still,
    ) -> Baseline:
        """Is the network better than a model that sees the metadata only? `comparison.sentence` answers.

        That model is fitted on four fifths of the examples and predicts the fifth that it has not seen, five times. The
        network's predictions are taken as they are: on examples that it was trained on they flatter it.

        Args:
            columns: of the metadata; None for all.
            output: name of the output.
            model: "linear" (logistic or ridge regression) or "boosting" (gradient-boosted trees).
            seed: for drawing the fifths.
            threshold: the share from which on a binary output predicts 1.
            pulse: called between fits; what it raises ends the work.

        Raises:
            NbdebugError: no metadata, no labels, too few of either, or an unknown column or model.
        """
        chosen = pick_output(output, self.outputs)
        names = None if columns is None else (columns,) if isinstance(columns, str) else tuple(columns)

        def work() -> Baseline:
            return hold_against(
                self.metadata,
                self._judged(chosen, threshold),
                chosen.kind,
                self._shares(chosen),
                self._open_data.sample_weight,
                columns=names,
                model=model,
                seed=seed,
                threshold=threshold,
                pulse=pulse,
            )

        return self._run(("baseline", chosen.name, names, model, seed, threshold), work)

    def define_slice(
        self,
        where: Any,
        name: str | None = None,
        *,
        output: str | None = None,
        metric: str = "loss",
        threshold: float = THRESHOLD,
    ) -> Slice:
        """A slice against all other examples; from now on `select(slice=)` and `where=` take its name.

        Args:
            where: a query over the metadata, label, prediction, loss, outcome or residual, such as
                'device == "gen1" and age > 60'; or a boolean array; or the name of a slice.
            name: what to call it; the query by default.
            output: name of the output that it is measured by.
            metric: "loss", "accuracy", "AUROC" or "MAE".
            threshold: the share from which on a binary output predicts 1.

        Raises:
            NbdebugError: a query that cannot be told, a mask of another length, or a metric that the output has not.
        """
        chosen = pick_output(output, self.outputs)
        meant = self._named.meant(where)
        table, weights = self._judged(chosen, threshold), self._open_data.sample_weight
        name = name or (where if isinstance(where, str) else None)
        found = define(meant, table, self.metadata, metric, weights, name)
        self._named.keep(found.name, meant)
        return found

    def slices_by(
        self, column: str, *, output: str | None = None, metric: str = "loss", threshold: float = THRESHOLD
    ) -> tuple[Slice, ...]:
        """A slice for each value of a column, or each bin where they are many; p is corrected over them.

        Args:
            column: of the metadata, or label, prediction, loss, outcome, residual.
            output, metric, threshold: as for `define_slice`.

        Raises:
            NbdebugError: an unknown column, or one whose values cannot be told apart.
        """
        chosen = pick_output(output, self.outputs)
        table, weights = self._judged(chosen, threshold), self._open_data.sample_weight
        return slices_by(column, table, self.metadata, metric, weights)[0]

    def find_slices(
        self,
        columns: Sequence[str] | None = None,
        depth: int = 2,
        metric: str = "loss",
        *,
        output: str | None = None,
        threshold: float = THRESHOLD,
        **asked: Any,
    ) -> pd.DataFrame:
        """The slices of the metadata on which the model is worst, strongest first.

        Half of the examples finds them, the other half confirms them, so that intervals and p mean what they say.

        Args:
            columns: of the metadata; None for all.
            depth: the most conditions of a slice, 1 to 4.
            metric: "loss", "accuracy" (the share of wrong predictions is searched) or "MAE".
            output: name of the output.
            threshold: the share from which on a binary output predicts 1.
            **asked: min_support, n, bins, top, seed, alpha; see `nbdebug.measure.slices.asked.Asked`.

        Returns:
            A row a slice: `slice` is its query, which `select(slice=)` and `where=` take.

        Raises:
            NbdebugError: no metadata, an unknown column, or an option that cannot be used.
        """
        chosen = pick_output(output, self.outputs)
        metadata = require_metadata(self.metadata)
        names = None if columns is None else (columns,) if isinstance(columns, str) else tuple(columns)

        def work() -> pd.DataFrame:
            numbers = number_of(self._judged(chosen, threshold), metric)
            return find(metadata, numbers, self._open_data.sample_weight, names, depth=depth, **asked)

        key = ("find_slices", chosen.name, names, depth, metric, threshold, tuple(sorted(asked.items())))
        return self._run(key, work).copy()

    def slice_units(
        self,
        where: Any,
        layer: str,
        *,
        output: str | None = None,
        positions: bool = False,
        n: int = 100,
        progress: Progress | None = None,
    ) -> pd.DataFrame:
        """The units of a layer that differ most between a slice and all other examples, the largest effect first.

        Args:
            where: a slice: its name, a query, or a boolean array.
            layer: name of the layer; axes beside time and unit are averaged.
            output: name of the output, for a query over label, prediction or loss.
            positions: True for a row a time and unit, False for a row a unit (its mean over the times of an example).
            n: how many rows at most.
            progress: called after each batch.

        Returns:
            unit (and time: the layer's position), inside, outside, difference with its 95 % interval (low, high),
            effect (Hedges' g), p by Welch's test, corrected_p (Benjamini and Hochberg over all units, or positions),
            significant.

        Raises:
            NbdebugError: unknown layer, one without units (or times), no slice, or one of no example or of every one.
        """
        chosen = pick("layer", layer, self.layers)
        inside = self.slice_rows(where, output or self.selection.output)
        rows = np.ones(self.n_examples, bool) if inside is None else inside

        def work() -> UnitDifferences:
            return compare_units(self._probe, chosen, self._open_data.x, rows, progress)

        found = self._run(("slice_units", chosen.name, rows.tobytes()), work)
        return found.positions(n) if positions else found.units().head(n)

    def slice_rows(self, where: Any, output: str | None = None) -> np.ndarray | None:
        """Which examples a slice holds, (example,); None for None.

        Raises:
            NbdebugError: it is neither the name of a slice, nor a query, nor one true or false an example.
        """
        chosen = pick_output(output, self.outputs)
        return self._named.rows(where, self._table(chosen), self.metadata)

    def _judged(self, output: Output, threshold: float, progress: Progress | None = None) -> pd.DataFrame:
        table = self._table(output, progress)
        return table if threshold == THRESHOLD or output.kind != "binary" else with_threshold(table, threshold)

    def _table(self, output: Output, progress: Progress | None = None) -> pd.DataFrame:
        def work() -> dict[str, pd.DataFrame]:
            return output_tables(self._probe, self.outputs, self._readings, self._open_data, progress)

        return self._run("tables", work)[output.name]

    def _shares(self, output: Output) -> pd.DataFrame | None:
        if output.kind != "multiclass":
            return None

        def work() -> pd.DataFrame:
            return output_shares(self._probe, output, self._readings[output.head], self._open_data)

        return self._run(("shares", output.name), work)
