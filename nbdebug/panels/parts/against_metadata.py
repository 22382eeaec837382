"""The network held against a model that sees the metadata only."""

from __future__ import annotations

from collections.abc import Callable

from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.table import Table
from nbdebug.panels.words import difference_text, number
from nbdebug.records.baseline import Baseline, Comparison
from nbdebug.render.plain import Button, Label, VBox, show


class AgainstMetadata:
    """A button that asks for the comparison, and the comparison once it is there.

    Args:
        asked: called when the button is pressed.
    """

    def __init__(self, asked: Callable[[], None]) -> None:
        self._button = Button("Hold against the metadata", lambda _button: asked(), css="nbdebug-ask-baseline")
        self._sentence = Label(css="nbdebug-words nbdebug-baseline")
        titles = ("network", "metadata", "difference")
        self._table = Table(
            columns=[column("metric"), *(column(title, align="right") for title in titles)],
            label="network against a model of the metadata",
        )
        self._note = Label(css="nbdebug-caption")
        self._stage = VBox([self._sentence, self._table, self._note])
        self.widget = VBox([self._button, self._stage], css="nbdebug-against")
        self.clear()

    @property
    def stage(self) -> VBox:
        """What the comparison is drawn on."""
        return self._stage

    def clear(self) -> None:
        """Another output, or other weights: nothing is known yet."""
        self._sentence.value = ""
        show(self._stage, False)
        show(self._button)

    def show(self, baseline: Baseline) -> None:
        """Say what the comparison came to."""
        found = baseline.comparison
        if found is None:
            return
        self._sentence.value = f"{found.sentence[:1].upper()}{found.sentence[1:]}."
        self._table.rows = [
            [str(metric), number(network), number(other), difference_text(value, low, high)]
            for metric, network, other, value, low, high in found.metrics[
                ["metric", "network", "baseline", "difference", "low", "high"]
            ].itertuples(index=False, name=None)
        ]
        self._note.value = _note(baseline, found)
        show(self._stage)
        show(self._button, False)


def _note(baseline: Baseline, found: Comparison) -> str:
    model = {"linear": "a linear model", "boosting": "boosted trees"}[baseline.model]
    seen = ", ".join(baseline.columns)
    parts = [
        f"metadata: {model} of {seen}, each example predicted by one that has not seen it",
        f"of all examples, n = {baseline.n:,}",
        "a network that was trained on these examples is flattered",
        f"correlation of both predictions {number(found.correlation)}"
        if found.correlation == found.correlation
        else "",
        *baseline.notes,
        *(f"{name} is left out: {why}" for name, why in baseline.left_out.items()),
    ]
    return "; ".join(filter(None, parts)) + "."
