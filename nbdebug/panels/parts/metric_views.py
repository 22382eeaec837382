"""ROC, precision over recall, calibration, residuals and confusions of one output, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets as w
import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError
from nbdebug.measure import curves
from nbdebug.panels.parts.rows import column
from nbdebug.panels.parts.table import Table, bar_lengths
from nbdebug.panels.words import counted, difference_text, number
from nbdebug.records.counts import Counts
from nbdebug.records.curves import Calibration
from nbdebug.records.ports import OutputKind
from nbdebug.render.metric_curve import Drawn, MetricCurve
from nbdebug.render.plain import HBox, Label, VBox, show

_UNIT = ((0.0, 1.0), (0.0, 1.0))
_DIAGONAL = ((0.0, 0.0), (1.0, 1.0))
_MOST_CONFUSED = 12


@dataclass(frozen=True)
class Judged:
    """The numbers that a view is drawn from; all (example,), without those that have no label.

    Args:
        label: 0 or 1 or a share; whether the predicted class is right; or a number.
        prediction: share of label 1, of the predicted class, or a number.
        weights: None for equal ones.
    """

    label: np.ndarray
    prediction: np.ndarray
    weights: np.ndarray | None


class MetricViews:
    """A picker of views, and the view that was picked; nothing is computed for the others."""

    def __init__(self) -> None:
        self._table: pd.DataFrame | None = None
        self._kind: OutputKind = "binary"
        self._weights: np.ndarray | None = None
        self._which = w.Dropdown(description="Picture", options=("none",), style={"description_width": "auto"})
        self._which.add_class("nbdebug-metric-view")
        self._which.observe(lambda _change: self._draw(), "value")
        self._curve = MetricCurve()
        titles = ("label", "predicted as", "examples")
        self._confusions = Table(
            columns=[column(title, align="right" if title == "examples" else "left") for title in titles],
            label="classes that are taken for another",
        )
        self._confused = VBox([self._confusions])
        self._caption = Label(css="nbdebug-caption")
        self._figure = VBox()
        self.widget = VBox([HBox([self._which], css="nbdebug-options"), self._figure])

    def show(self, table: pd.DataFrame, kind: OutputKind, weights: np.ndarray | None) -> None:
        """Offer the views of this output, and draw the one that is picked.

        Args:
            table: of `session.predictions`, or some of its rows.
            kind: of the output.
            weights: of the rows of the table; None for equal ones.
        """
        self._table, self._kind, self._weights = table, kind, weights
        offered = ("none", *_VIEWS[kind])
        if self._which.options != offered:
            self._which.options = offered
        self._draw()

    def threshold(self, counts: Counts) -> None:
        """Mark the threshold that makes these counts on the curve."""
        at: dict[str, tuple[float | None, float | None]] = {
            "ROC": (None if counts.specificity is None else 1 - counts.specificity, counts.recall),
            "precision and recall": (counts.recall, counts.precision),
        }
        self._curve.point(*at.get(self._which.value, (None, None)))

    def on_pick(self, callback: Callable[[object], None]) -> None:
        """Call `callback` when another view was picked, once it is drawn."""
        self._which.observe(callback, "value")

    def _draw(self) -> None:
        view = _VIEWS[self._kind].get(self._which.value)
        if view is None or self._table is None:
            self._figure.children = ()
            return
        self._curve.point(None, None)
        try:
            if view == "confusions":
                self._caption.value = self._list_confusions(self._table)
                self._figure.children = (self._confused, self._caption)
                return
            drawn, self._caption.value = _DRAWN[view](_judged(self._table, self._weights))
            self._curve.show(drawn)
            self._figure.children = (self._curve.widget, self._caption)
        except NbdebugError as error:  # one class only, or nothing: the picture says so in its place
            self._caption.value = f"{error.what} {error.got[:1].upper()}{error.got[1:]}."
            self._figure.children = (self._caption,)

    def _list_confusions(self, table: pd.DataFrame) -> str:
        wrong = table[table["outcome"] == "wrong"]
        pairs = wrong[["label", "prediction"]].value_counts()
        shown = pairs.head(_MOST_CONFUSED)
        self._confusions.rows = [[*map(str, pair), f"{n:,}"] for pair, n in zip(shown.index, shown, strict=True)]
        self._confusions.bars = bar_lengths(shown.to_numpy(dtype=float))
        show(self._confused, len(shown) > 0)
        if not len(pairs):
            return "No class is taken for another."
        more = f"; the {len(shown)} most frequent of {len(pairs)} pairs" if len(pairs) > len(shown) else ""
        return f"{counted(len(wrong), 'example')} of {len(table):,} taken for another class{more}"


def _judged(table: pd.DataFrame, weights: np.ndarray | None) -> Judged:
    known = table["label"].notna().to_numpy()
    kept, of = table[known], None if weights is None else weights[known]
    label, prediction = (kept[name].to_numpy(dtype=float) for name in ("label", "prediction"))
    return Judged(label, prediction, of)


def _roc(of: Judged) -> tuple[Drawn, str]:
    found = curves.roc_curve(of.label, of.prediction, of.weights)
    titles = ("share of label 0 predicted 1", "share of label 1 found")
    drawn = Drawn(found.false_positive_share, found.true_positive_share, titles, _UNIT, _DIAGONAL)
    return drawn, f"{found.n:,} examples; dashed: guessing; the point is the threshold"


def _precision_recall(of: Judged) -> tuple[Drawn, str]:
    found = curves.precision_recall(of.label, of.prediction, of.weights)
    guess = found.positive_share
    titles = ("recall", "precision")
    drawn = Drawn(found.recall, found.precision, titles, _UNIT, ((0.0, guess), (1.0, guess)))
    return drawn, f"{found.n:,} examples; dashed: guessing ({number(guess)}); the point is the threshold"


def _calibration(of: Judged) -> tuple[Drawn, str]:
    found: Calibration = curves.calibration(of.label, of.prediction, of.weights)
    titles = ("predicted share", "share that came true")
    drawn = Drawn(found.predicted, found.observed, titles, _UNIT, _DIAGONAL, (found.low, found.high), dotted=True)
    bins = counted(len(found.n), "bin")
    return drawn, f"{int(found.n.sum()):,} examples in {bins} of equal count, with 95 % intervals; dashed: as predicted"


def _residuals(of: Judged) -> tuple[Drawn, str]:
    found = curves.residuals(of.label, of.prediction, of.weights)
    low, high = float(found.predicted.min()), float(found.predicted.max())
    drawn = Drawn(
        found.predicted,
        found.quantiles[:, 2],
        ("predicted", "predicted - label"),
        reference=((low, 0.0), (high, 0.0)),
        ends=(found.quantiles[:, 0], found.quantiles[:, 4]),
        dotted=True,
    )
    bias = f"mean {difference_text(found.mean, found.low, found.high)}"
    return drawn, f"{found.n:,} examples: median, 5th and 95th percentile; {bias}"


_DRAWN: dict[str, Callable[[Judged], tuple[Drawn, str]]] = {
    "roc": _roc,
    "precision and recall": _precision_recall,
    "calibration": _calibration,
    "residuals": _residuals,
}
_VIEWS: dict[OutputKind, dict[str, str]] = {
    "binary": {"ROC": "roc", "precision and recall": "precision and recall", "calibration": "calibration"},
    "multiclass": {"confusions": "confusions"},
    "regression": {"residuals": "residuals"},
}
