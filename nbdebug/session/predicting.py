"""What a session answers of predictions: how good they are, against what, and on whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from nbdebug.adapters.scores import output_shares, output_tables
from nbdebug.measure.baseline.held import fit_on_metadata, hold_against
from nbdebug.measure.choices import pick_output
from nbdebug.measure.metrics import output_metrics
from nbdebug.measure.outcomes import THRESHOLD, with_threshold
from nbdebug.measure.slices.named import NamedSlices
from nbdebug.measure.worst import worst_first
from nbdebug.records import Output
from nbdebug.records.baseline import Baseline
from nbdebug.records.progress import Progress, Pulse, still
from nbdebug.session.opened import Opened


class Predicting(Opened):
    """Predictions, metrics and the baseline."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._named = NamedSlices()

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
        fitted = self._fitted(chosen, columns, model, seed, pulse)

        def work() -> Baseline:
            table, weights = self._judged(chosen, threshold), self._open_data.sample_weight
            return hold_against(fitted, table, self._shares(chosen), weights, threshold=threshold)

        return self._run(("baseline", chosen.name, _names(columns), model, seed, threshold), work)

    def _fitted(self, output: Output, columns: Sequence[str] | None, model: str, seed: int, pulse: Pulse) -> Baseline:
        names = _names(columns)

        def work() -> Baseline:
            table, weights = self._table(output), self._open_data.sample_weight
            shares, kind = self._shares(output), output.kind
            return fit_on_metadata(
                self.metadata, table, kind, shares, weights, columns=names, model=model, seed=seed, pulse=pulse
            )

        return self._run(("fitted", output.name, names, model, seed), work)

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


def _names(columns: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if columns is None else (columns,) if isinstance(columns, str) else tuple(columns)
