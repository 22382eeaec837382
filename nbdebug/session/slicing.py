"""What a session answers of slices: how they differ, where they are, what the network does on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.adapters.slice_units import compare_units
from nbdebug.measure.baseline.held import gains_of, require_metadata
from nbdebug.measure.choices import choose_layers, pick, pick_output
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.measure.slices.by_column import slices_by
from nbdebug.measure.slices.carried import lost, same_arrays
from nbdebug.measure.slices.define import define, together
from nbdebug.measure.slices.find import find
from nbdebug.measure.slices.internals import UnitDifferences, strongest
from nbdebug.measure.slices.numbers import number_of
from nbdebug.records import Output
from nbdebug.records.progress import Progress, Pulse, still
from nbdebug.records.slice import Slice
from nbdebug.session.predicting import Predicting


class Slicing(Predicting):
    """Slices that are defined, compared and found.

    Attributes:
        compared: names and queries of the slices that the Slices panel holds side by side.
    """

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.compared: tuple[str, ...] = ()
        self._dropped: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What was noticed about the data and while computing, in sentences."""
        return (*super().notes, *self._dropped)

    @property
    def slices(self) -> tuple[str, ...]:
        """Names of the slices that were defined, each of which `select(slice=)` and `where=` take."""
        return self._named.names

    def carry_on(self, old: Slicing) -> None:
        """Take over what was found, named and compared in a session that this one replaces.

        A slice that means nothing on these data is dropped, which `notes` says.
        """
        self.book.carry_on(old.book)
        sets = any(isinstance(old._named.meant(name), np.ndarray) for name in old.slices)
        same_x = sets and same_arrays(old._open_data.x, self._open_data.x)
        kinds = {output.kind for output in self.outputs}
        own = {"label", "prediction", "loss"} | ({"residual"} if "regression" in kinds else set())
        own |= {"outcome"} if kinds - {"regression"} else set()

        def why(where: Any) -> str:
            return lost(where, self.metadata, own, self.n_examples, same_x)

        dropped = self._named.take_over(old._named, why)
        self._dropped = tuple(f"The slice {name!r} from before is dropped: {of}." for name, of in dropped.items())
        kept = [name for name in old.compared if name in self.slices or (name not in dropped and not why(name))]
        self.compared = tuple(kept)

    def define_slice(
        self,
        where: Any,
        name: str | None = None,
        *,
        output: str | None = None,
        metric: str = "loss",
        threshold: float = THRESHOLD,
        note: str = "",
    ) -> Slice:
        """A slice against all other examples; from now on `select(slice=)` and `where=` take its name.

        Args:
            where: a query over the metadata, label, prediction, loss, outcome or residual, such as
                'device == "gen1" and age > 60'; or a boolean array; or the name of a slice.
            name: what to call it; the query by default.
            output: name of the output that it is measured by.
            metric: "loss", "accuracy", "AUROC" or "MAE".
            threshold: the share from which on a binary output predicts 1.
            note: what has to be said with it, such as where the boolean array comes from.

        Raises:
            NbdebugError: a query that cannot be told, a mask of another length, or a metric that the output has not.
        """
        chosen = pick_output(output, self.outputs)
        found = self._measured(where, chosen, metric, threshold, name, note)
        self._named.keep(found.name, self._named.meant(where), note or self._named.note(where))
        return found

    def compare_slices(
        self,
        slices: Sequence[Any],
        *,
        output: str | None = None,
        metric: str = "loss",
        threshold: float = THRESHOLD,
    ) -> tuple[Slice, ...]:
        """Several slices, each against all examples outside of it; p is corrected over them.

        Args:
            slices: each a name, a query or a boolean array.
            output, metric, threshold: as for `define_slice`.

        Raises:
            NbdebugError: a query that cannot be told, a mask of another length, or a metric that the output has not.
        """
        chosen = pick_output(output, self.outputs)
        return together([self._measured(where, chosen, metric, threshold) for where in slices])

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

    def gain_by_slice(
        self,
        slices: str | Sequence[str],
        columns: Sequence[str] | None = None,
        output: str | None = None,
        *,
        model: str = "linear",
        seed: int = 0,
        threshold: float = THRESHOLD,
        pulse: Pulse = still,
    ) -> pd.DataFrame:
        """What the network adds to the metadata within each slice, the largest gain first.

        Args:
            slices: a column, for a slice of each of its values; or names and queries of slices.
            columns, output, model, seed, pulse: as for `baseline`.
            threshold: the share from which on a binary output predicts 1, for slices by outcome.

        Returns:
            A row a slice: slice, metric (AUROC, macro AUROC or MAE), network, baseline, gain with its paired 95 %
            interval (low to high; above 0 the network is better), n.

        Raises:
            NbdebugError: what `baseline` raises, an unknown column, or a slice that cannot be told.
        """
        chosen = pick_output(output, self.outputs)
        fitted = self._fitted(chosen, columns, model, seed, pulse)
        table, weights = self._judged(chosen, threshold), self._open_data.sample_weight
        if isinstance(slices, str):
            masks = {each.name: each.mask for each in slices_by(slices, table, self.metadata)[0]}
        else:
            told = {name: self._named.rows(name, table, self.metadata) for name in slices}
            masks = {name: rows for name, rows in told.items() if rows is not None}
        return gains_of(fitted, table, masks, self._shares(chosen), weights)

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
    ) -> pd.DataFrame:
        """The units that differ most between a slice and all other examples, the largest effect first.

        Args:
            where: a slice: its name, a query, or a boolean array.
            layer: name of the layer, None for all that have units (all that have times too, with `positions`); axes
                beside time and unit are averaged.
            output: name of the output, for a query over label, prediction or loss.
            positions: True for a row a time and unit, False for a row a unit (its mean over the times of an example).
            n: how many rows at most.
            threshold: the share from which on a binary output predicts 1, for a query over outcome.
            progress: called after each batch.

        Returns:
            layer, unit (and time: the layer's position), inside, outside, difference with its 95 % interval (low,
            high), effect (Hedges' g), p by Welch's test, corrected_p (Benjamini and Hochberg over all units, or
            positions, of all these layers), significant.

        Raises:
            NbdebugError: unknown layer, one without units (or times), no slice, or one of no example or of every one.
        """
        inside = self.slice_rows(where, output or self.selection.output, threshold=threshold)
        rows = np.ones(self.n_examples, bool) if inside is None else inside
        known = {each.name: each for each in self.layers}
        names = choose_layers(None if layer is None else [pick("layer", layer, self.layers).name], self.layers)
        layers = [known[name] for name in names]

        def work() -> dict[str, UnitDifferences]:
            return compare_units(self._probe, layers, self._open_data.x, rows, progress)

        found = self._run(("slice_units", names, rows.tobytes()), work)
        return strongest(found, "position" if positions else "unit", n)

    def slice_rows(self, where: Any, output: str | None = None, *, threshold: float = THRESHOLD) -> np.ndarray | None:
        """Which examples a slice holds, (example,); None for None.

        Args:
            where: its name, a query, or one true or false an example.
            output: name of the output, for a query over label, prediction or loss.
            threshold: the share from which on a binary output predicts 1, for a query over outcome.

        Raises:
            NbdebugError: it is neither the name of a slice, nor a query, nor one true or false an example.
        """
        chosen = pick_output(output, self.outputs)
        return self._named.rows(where, self._judged(chosen, threshold), self.metadata)

    def _measured(
        self, where: Any, output: Output, metric: str, threshold: float, name: str | None = None, note: str = ""
    ) -> Slice:
        name, note = name or (where if isinstance(where, str) else None), note or self._named.note(where)
        table, weights = self._judged(output, threshold), self._open_data.sample_weight
        return define(self._named.meant(where), table, self.metadata, metric, weights, name, note)
