"""What a network adds to its baseline, slice by slice."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float, Num

from nbdebug.measure.baseline.compare import HEADLINE, both
from nbdebug.measure.baseline.difference import COLUMNS as DIFFERENCE
from nbdebug.measure.baseline.difference import differences
from nbdebug.measure.metrics.all import pick_metrics
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.ports import OutputKind

COLUMNS = ["slice", "metric", "network", "baseline", "gain", "low", "high", "n"]


def gain_by_slice(
    network: Float[np.ndarray, "example *class"],
    baseline: Float[np.ndarray, "example *class"],
    label: Num[np.ndarray, "example"],
    kind: OutputKind,
    slices: Mapping[str, Bool[np.ndarray, "example"]],
    weights: np.ndarray | None = None,
) -> pd.DataFrame:
    """By how much the network is better than the baseline within each slice, the largest gain first.

    A gain is above 0 where the network is better, whichever way the metric runs: AUROC, macro AUROC or MAE.

    Args:
        network, baseline, label, kind, weights: see `compare`.
        slices: which examples each one holds, by name.

    Returns:
        A row a slice: slice, metric, network, baseline, gain with its paired 95 % interval (low to high), n. A slice
        of which no example counts has NaN and n = 0, and comes last; `attrs["reasons"]` says why a number is NaN.
    """
    positions, first, second = both(network, baseline, label, kind, weights, THRESHOLD)
    (metric,) = pick_metrics(kind, [HEADLINE[kind]])
    rows, reasons = [], dict[str, str]()
    for name, inside in slices.items():
        kept = inside[positions]
        table = differences(first.keep(kept), second.keep(kept), kind, only=[metric.name])
        rows.append({"slice": name, **table.iloc[0].to_dict()})
        if table.attrs["reasons"]:
            reasons[name] = "; ".join(table.attrs["reasons"].values())
    found = pd.DataFrame(rows, columns=["slice", *DIFFERENCE]).rename(columns={"difference": "gain"})
    if metric.better == "lower":
        found["gain"], found["low"], found["high"] = -found["gain"], -found["high"], -found["low"]
    result = found.sort_values("gain", ascending=False, kind="stable", ignore_index=True)[COLUMNS]
    result.attrs["reasons"] = reasons
    return result
