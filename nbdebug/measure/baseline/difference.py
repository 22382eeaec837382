"""By how much one model's metrics differ from another's on the same examples."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from nbdebug.measure.intervals import effective_number, normal_quantile, t_quantile
from nbdebug.measure.metrics.all import pick_metrics
from nbdebug.measure.metrics.examples import Examples
from nbdebug.measure.metrics.metric import Metric, Undefined
from nbdebug.records.ports import OutputKind

COLUMNS = ["metric", "network", "baseline", "difference", "low", "high", "n"]

_NO_SPREAD = 1e-15
_FIRST = ("AUROC", "macro AUROC", "MAE")


def differences(
    network: Examples, baseline: Examples, kind: OutputKind, only: Iterable[str] | None = None
) -> pd.DataFrame:
    """A row a metric, the headline first: both values, their difference and its paired 95 % interval.

    `attrs["reasons"]` says why a number is NaN.
    """
    metrics = [metric for metric in pick_metrics(kind, only) if metric.needs == "prediction"]
    reasons: dict[str, str] = {}
    ordered = sorted(metrics, key=lambda metric: metric.name not in _FIRST)
    result = pd.DataFrame([_row(metric, network, baseline, reasons) for metric in ordered], columns=COLUMNS)
    result.attrs["reasons"] = reasons
    return result


def _row(metric: Metric, network: Examples, baseline: Examples, reasons: dict[str, str]) -> tuple[object, ...]:
    n = len(network)
    nothing = (metric.name, *[np.nan] * 5, n)
    try:
        if not n:
            raise Undefined("no example counts")
        of_network, of_baseline = metric.estimate(network), metric.estimate(baseline)
    except Undefined as why:
        reasons[metric.name] = str(why)
        return nothing
    difference = of_network.value - of_baseline.value
    row = (metric.name, of_network.value, of_baseline.value, difference)
    if not metric.smooth:
        reasons[metric.name] = "chance adds to both values, so their difference has no simple interval"
        return *row, np.nan, np.nan, n
    error = metric.standard_error(network, of_network.influence - of_baseline.influence)
    if not error > _NO_SPREAD:
        reasons[metric.name] = "both are equally good on every example, so there is no spread to make an interval of"
        return *row, np.nan, np.nan, n
    half = error * (t_quantile(effective_number(network.weights)) if metric.strata is None else normal_quantile())
    return *row, difference - half, difference + half, n
