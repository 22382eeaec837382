"""What a comparison says, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from nbdebug.measure.metrics.all import METRICS
from nbdebug.records.digits import told_within

_NAMED = 4
_DECIMALS = 3
"""Of a share; errors have units, and so as many as it takes."""
_LOWER = {metric.name for metrics in METRICS.values() for metric in metrics if metric.better == "lower"}


def sentence(table: pd.DataFrame, headline: str, columns: Sequence[str]) -> str:
    """The answer: "the network adds 0.06 AUROC (0.04 to 0.08) over age and sex alone".

    Args:
        table: of `differences`.
        headline: which metric.
        columns: what the baseline sees.
    """
    row: dict[Any, Any] = table.set_index("metric").loc[headline].to_dict()
    others, name = _alone(columns), headline
    if np.isnan(row["difference"]):
        return f"the network cannot be held against {others}: {table.attrs['reasons'][headline]}"
    sign = -1.0 if name in _LOWER else 1.0
    gain, low, high = (sign * row[key] for key in ("difference", "low", "high"))
    low, high = min(low, high), max(low, high)
    if np.isnan(low):
        return f"the network does not measurably beat {others} ({name} {row['network']:.3g} for both)"
    told = partial(told_within, low=low, high=high, most=_DECIMALS if sign > 0 else None)
    by, least, most = told((gain, low, high))
    if low > 0 and sign > 0:
        return f"the network adds {by} {name} ({least} to {most}) over {others}"
    if low > 0:
        return f"the network lowers the {name} by {by} ({least} to {most}) against {others}"
    if high < 0:
        worse, least, most = told((-gain, -high, -low))
        return f"the network is worse than {others}, by {worse} {name} ({least} to {most})"
    return f"the network does not measurably beat {others} (it gains {by} {name}, {least} to {most})"


def _alone(columns: Sequence[str]) -> str:
    if not columns:
        return "the metadata alone"
    if len(columns) == 1:
        return f"{columns[0]} alone"
    if len(columns) <= _NAMED:
        return f"{', '.join(columns[:-1])} and {columns[-1]} alone"
    return f"{', '.join(columns[:2])} and {len(columns) - 2:,} more columns of the metadata alone"
