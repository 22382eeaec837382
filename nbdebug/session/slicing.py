"""What a session finds of slices: where the model is worst, what it adds there, which units differ."""

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
from nbdebug.measure.slices.find import find
from nbdebug.measure.slices.internals import UnitDifferences, strongest
from nbdebug.measure.slices.numbers import number_of
from nbdebug.records.progress import Progress, Pulse, still
from nbdebug.session.naming import Naming


class Slicing(Naming):
    """Slices that are searched for, and what sets one apart."""

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
