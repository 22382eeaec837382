"""A metric of the examples inside a slice against that of those outside."""

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float
from scipy import stats

from nbdebug.errors import NbdebugError, unknown_name
from nbdebug.measure.intervals import auroc_interval, auroc_variance
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.measure.slices.differences import Difference, of_means, of_shares, recovered
from nbdebug.measure.slices.sums import sums_of

METRICS = ("loss", "accuracy", "AUROC", "MAE")
_RIGHT = ("correct", "true_positive", "true_negative")


def counted(table: pd.DataFrame, metric: str) -> Bool[np.ndarray, "example"]:
    """Which examples count in the metric: those whose label, or loss, is known.

    Raises:
        NbdebugError: the metric is unknown, or the table has not got it.
    """
    if metric not in METRICS:
        raise unknown_name("metric of a slice", metric, METRICS)
    column = {"loss": "loss", "accuracy": "outcome", "AUROC": "outcome", "MAE": "residual"}[metric]
    binary = "outcome" in table and table["outcome"].isin(("correct", "wrong")).sum() == 0
    if column not in table or (metric == "AUROC" and not binary):
        raise NbdebugError(
            f"There is no {metric} of this output.", got=f"a table of {', '.join(table.columns)}", fix='metric="loss"'
        )
    if column == "outcome":
        return np.array(table["outcome"].notna(), dtype=bool)
    return np.isfinite(table[column].to_numpy(dtype=float))


def compared(
    table: pd.DataFrame,
    metric: str,
    w: Float[np.ndarray, "example"],
    inside: Bool[np.ndarray, "example"],
    outside: Bool[np.ndarray, "example"],
) -> tuple[float, float, Difference]:
    """The metric inside and outside, and their difference, one slice long.

    Args:
        table: of `example_table`.
        metric: one of `METRICS`.
        w: weights.
        inside, outside: which examples count there.
    """
    if metric == "AUROC":
        return _areas(table, w, inside, outside)
    if metric == "accuracy":
        return _averages(table["outcome"].isin(_RIGHT).to_numpy(dtype=float), w, inside, outside, True)
    values = table["loss" if metric == "loss" else "residual"].to_numpy(dtype=float)
    return _averages(np.abs(values) if metric == "MAE" else values, w, inside, outside, False)


def _averages(
    values: Float[np.ndarray, "example"],
    w: Float[np.ndarray, "example"],
    inside: Bool[np.ndarray, "example"],
    outside: Bool[np.ndarray, "example"],
    shares: bool,
) -> tuple[float, float, Difference]:
    every = inside | outside
    shift = float(values[every].mean()) if every.any() else 0.0
    a, b = sums_of(values[inside] - shift, w[inside]), sums_of(values[outside] - shift, w[outside])
    difference = of_shares(a, b, shift) if shares else of_means(a, b)
    return float(a.mean[0]) + shift, float(b.mean[0]) + shift, difference


def _areas(
    table: pd.DataFrame, w: Float[np.ndarray, "example"], inside: np.ndarray, outside: np.ndarray
) -> tuple[float, float, Difference]:
    label = table["label"].to_numpy(dtype=float) >= THRESHOLD
    score = table["prediction"].to_numpy(dtype=float)
    told = [_area(label[rows], score[rows], w[rows]) for rows in (inside, outside)]
    (a, a_low, a_high, a_variance), (b, b_low, b_high, b_variance) = told
    value = a - b
    low, high = recovered(value, (a, a_low, a_high), (b, b_low, b_high))
    statistic = value / np.sqrt(a_variance + b_variance)
    with np.errstate(invalid="ignore"):
        effect = np.sqrt(2) * (stats.norm.ppf(a) - stats.norm.ppf(b))
    p = 2 * stats.norm.sf(np.abs(statistic))
    effect = np.where(np.isfinite(effect), effect, np.nan)
    return float(a[0]), float(b[0]), Difference(value, low, high, effect, statistic, np.asarray(p, dtype=float))


def _area(label: np.ndarray, score: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Area, low, high and variance; all NaN where there is one class only."""
    if not label.any() or label.all():
        return (np.full(1, np.nan),) * 4
    area, low, high = auroc_interval(label, score, w)
    variance = auroc_variance(label, score, w)[1]
    if not variance > 0:  # perfectly ranked: as wide as its interval is, or few examples would be certain
        variance = ((high - low) / stats.norm.ppf(0.975)) ** 2
    return np.array([area]), np.array([low]), np.array([high]), np.array([variance])
