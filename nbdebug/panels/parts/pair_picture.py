"""Network against baseline, an example a point."""

from __future__ import annotations

from collections.abc import Callable, Collection

import numpy as np

from nbdebug.panels.parts.pair_clouds import coloured, said
from nbdebug.panels.parts.region_slice import Held, RegionSlice, Save
from nbdebug.panels.words import counted, numbered, span_text
from nbdebug.records.baseline import Baseline, Pairs
from nbdebug.render.lasso import HINT
from nbdebug.render.legend import ColourLegend, LineLegend
from nbdebug.render.plain import Label, VBox, show
from nbdebug.render.scatter import Scatter


class PairPicture:
    """The scatter, what its colours mean, and a lasso around points to save as a slice.

    Args:
        picked: called with the example that a click means.
        save: saves a slice.
        taken: names that slices have already.
    """

    def __init__(self, picked: Callable[[int], None], save: Save, taken: Callable[[], Collection[str]]) -> None:
        self._pairs: Pairs | None = None
        self._where: str | None = None
        self._taken = taken
        self._scatter = Scatter()
        self._scatter.on_pick(lambda place: picked(self._example(place)))
        self._names, self._bar = LineLegend(), ColourLegend()
        self._caption = Label(css="nbdebug-caption")
        self._slice = RegionSlice(self._scatter.lasso, self._held, save, "Slice from a lasso", HINT)
        self._parts = (
            self._names.widget,
            self._bar.widget,
            self._scatter.widget,
            self._caption,
            self._slice.widget,
        )
        self.widget = VBox(css="nbdebug-pairs")

    def show(self, baseline: Baseline, rows: np.ndarray | None, where: str | None, example: int | None) -> None:
        """Draw the examples of a slice.

        Args:
            baseline: held against the network.
            rows: which examples, None for all.
            where: name of the slice; None for all.
            example: the selected one.
        """
        found = baseline.comparison
        if found is None:
            return
        self.widget.children = self._parts  # not before: a figure cannot be laid out where it is hidden
        self._where = where
        self._pairs = found.pairs if rows is None else found.pairs.among(rows)
        drawn = coloured(self._pairs, baseline)
        self._names.show(drawn.names)
        show(self._names.widget, bool(drawn.names))
        show(self._bar.widget, drawn.scale is not None)
        if drawn.scale is not None:
            self._bar.show(drawn.scale)
        self._scatter.show(drawn.cloud)
        self._slice.clear()
        self._caption.value = said(drawn.cloud, found.correlation, found.right, where)
        self.choose(example)

    def choose(self, example: int | None) -> None:
        """Mark the selected example, where it is among those drawn."""
        if self._pairs is not None:
            places = np.flatnonzero(self._pairs.examples == example)
            self._scatter.choose(int(places[0]) if len(places) else None)

    def _example(self, place: int) -> int:
        assert self._pairs is not None
        return int(self._pairs.examples[place])

    def _held(self) -> Held | None:
        inside = self._scatter.inside()
        if inside is None or self._pairs is None:
            return None
        n = int(inside.sum())
        name = f"{numbered('lasso', self._taken())} ({counted(n, 'example')})"
        across, up = (span_text(*ends) for ends in self._scatter.lasso.span)
        among = "" if self._where is None else f" of the slice {self._where}"
        return Held(self._pairs.examples[inside], name, f"a lasso over network {up}, metadata {across}{among}")
