"""The table that `session.metrics` returns."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from jaxtyping import Bool

from nbdebug.measure.metrics.all import pick_metrics
from nbdebug.measure.metrics.examples import Examples, examples_of
from nbdebug.measure.metrics.metric import Metric, Undefined
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.ports import OutputKind

COLUMNS = ["metric", "value", "low", "high", "n"]

Row = tuple[str, float, float, float, int]

_BASIC: dict[OutputKind, tuple[str, ...]] = {
    "binary": ("loss", "accuracy", "AUROC"),
    "multiclass": ("loss", "accuracy"),
    "regression": ("loss", "MAE"),
}


def basic_metrics(
    table: pd.DataFrame,
    kind: OutputKind,
    weights: np.ndarray | None = None,
    rows: Bool[np.ndarray, "example"] | None = None,
) -> pd.DataFrame:
    """The few metrics that say most; see `output_metrics`."""
    return output_metrics(table, kind, weights, rows, only=_BASIC[kind])


def output_metrics(
    table: pd.DataFrame,
    kind: OutputKind,
    weights: np.ndarray | None = None,
    rows: Bool[np.ndarray, "example"] | None = None,
    *,
    threshold: float = THRESHOLD,
    shares: pd.DataFrame | None = None,
    only: Iterable[str] | None = None,
) -> pd.DataFrame:
    """Every metric that applies: value, 95 % interval (low, high) and how many examples count (n).

    Args:
        table: of `example_table`.
        kind: of the output.
        weights: (example,) or None for equal ones.
        rows: which examples count; None for all.
        threshold: the share from which on a binary output predicts 1.
        shares: of `class_shares`, for the metrics of a multi-class output that need the share of every class.
        only: names of metrics; None for all.

    Missing labels and examples of weight 0 count in nothing. A metric that cannot be computed, or only from a part, or
    has no interval, is NaN there and `attrs["reasons"][metric]` says why.

    Raises:
        NbdebugError: there is no metric of a name in `only`.
    """
    weights = np.ones(len(table)) if weights is None else weights.astype(np.float64)
    counted = table["label"].notna().to_numpy() & (weights > 0)
    if rows is not None:
        counted &= rows
    kept = None if shares is None else shares[counted]
    examples = examples_of(table[counted], kind, weights[counted], kept, threshold)
    nothing = "no example is selected" if rows is not None and not rows.any() else "no labels"
    reasons: dict[str, str] = {}
    found = [_row(metric, examples, nothing, reasons) for metric in pick_metrics(kind, only)]
    result = pd.DataFrame(found, columns=COLUMNS)
    result.attrs["reasons"] = reasons
    result.attrs["note"] = _note(table, reasons)
    return result


def _row(metric: Metric, examples: Examples, nothing: str, reasons: dict[str, str]) -> Row:
    name, said = metric.name, []
    values = examples.prediction if metric.needs == "prediction" else examples.loss
    finite = np.isfinite(values)
    if len(examples) and not finite.all():
        said.append(f"{metric.needs} is not finite for {int((~finite).sum()):,} examples, which are left out")
    examples = examples.keep(finite)
    row = (name, np.nan, np.nan, np.nan, len(examples))
    try:
        if not len(examples):
            raise Undefined(*([] if said else [nothing]))
        estimate = metric.estimate(examples)
        said += [estimate.note] * bool(estimate.note)
        row = (name, estimate.value, np.nan, np.nan, len(examples))
        row = (name, estimate.value, *metric.interval(examples, estimate), len(examples))
    except Undefined as why:
        said += [str(why)] * bool(str(why))
    if said:
        reasons[name] = "; ".join(said)
    return row


def _note(table: pd.DataFrame, reasons: dict[str, str]) -> str:
    """What the table says of itself, and each reason once with the metrics that it holds for."""
    metrics: dict[str, list[str]] = {}
    for name, why in reasons.items():
        metrics.setdefault(why, []).append(name)
    own = [table.attrs["note"]] if table.attrs.get("note") else []
    return "; ".join([*own, *(f"{', '.join(names)}: {why}" for why, names in metrics.items())])
