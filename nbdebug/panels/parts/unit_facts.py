"""What is known of a layer's units over all examples: histogram and the list of the ill."""

from collections.abc import Callable

import ipywidgets as w

from nbdebug.measure.health import layer_health
from nbdebug.panels.parts.unit_order import health_words
from nbdebug.records import UnitStatistics
from nbdebug.render.plain import HBox, Label, Stage, VBox
from nbdebug.render.unit_histogram import UnitHistogram

_WHOLE = "all units"


class UnitFacts:
    """The histogram of the layer, or of the unit that is picked, and which units are dead, constant, saturated.

    Args:
        picked: called with the unit that was picked in the list, None for the whole layer.
    """

    def __init__(self, picked: Callable[[int | None], None]) -> None:
        self._picked = picked
        self._units = w.Dropdown(description="Histogram of", style={"description_width": "auto"}, options=[_WHOLE])
        self._units.observe(self._chosen, "value")
        self._histogram = UnitHistogram()
        self._caption = Label(css="nbdebug-caption")
        self._words = Label(css="nbdebug-words")
        options = HBox([self._units], css="nbdebug-options")
        self._parts = VBox([self._words, options, self._histogram.widget, self._caption])
        self.widget = Stage()
        self._statistics: UnitStatistics | None = None
        self._telling = True

    def show(self, statistics: UnitStatistics | None, unit: int | None) -> None:
        """Show what is known; None where nothing is known yet."""
        self.widget.present(None if statistics is None else self._parts)
        self._statistics = statistics
        if statistics is None:
            return
        n = len(statistics.mean)
        self._offer(n, unit)
        health = layer_health(statistics)
        so_far = "" if statistics.complete else f"So far, after {statistics.n_examples:,} examples: "
        self._words.value = so_far + health_words(health)
        for provisional, widget in ((not statistics.complete, self._words), (not statistics.complete, self._caption)):
            (widget.add_class if provisional else widget.remove_class)("nbdebug-provisional")
        self._histogram.show(statistics.histogram, unit)
        self._caption.value = self._said(statistics, unit)

    def _offer(self, n: int, unit: int | None) -> None:
        options = (_WHOLE, *(f"unit {i}" for i in range(n)))
        self._telling = False
        try:
            if options != self._units.options:
                self._units.options = options
            self._units.index = 0 if unit is None else unit + 1
        finally:
            self._telling = True

    def _chosen(self, _change: object) -> None:
        if self._telling and self._units.index is not None:
            self._picked(self._units.index - 1 if self._units.index else None)

    def _said(self, statistics: UnitStatistics, unit: int | None) -> str:
        every = statistics.histogram.every
        counted = " · every position counted" if every == 1 else f" · 1 of {every} positions counted"
        if statistics.n_values.max(initial=0) <= statistics.n_examples:
            counted = ""
        whose = "all units" if unit is None else f"unit {unit}"
        examples = f"{statistics.n_examples:,} example{'s' * (statistics.n_examples != 1)}"
        said = f"{whose} over {examples}{counted} · signed-log bins"
        if unit is not None:
            said += f" · mean {statistics.mean[unit]:.3g}, spread {statistics.std[unit]:.3g}"
            said += f", {statistics.zero_share[unit]:.0%} exactly zero"
        return said if statistics.complete else f"provisional · {said}"
