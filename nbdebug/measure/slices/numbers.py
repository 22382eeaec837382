"""What a search for slices adds up: a number an example that is larger where the model is worse."""

from __future__ import annotations

import numpy as np
import pandas as pd
from jaxtyping import Float

from nbdebug.errors import NbdebugError
from nbdebug.measure.slices.compared import counted


def number_of(table: pd.DataFrame, metric: str) -> Float[np.ndarray, "example"]:
    """The loss, the size of the residual ("MAE"), or 1 where the prediction is wrong ("accuracy").

    NaN where the label is missing.

    Args:
        table: of `example_table`.
        metric: "loss", "accuracy" or "MAE".

    Raises:
        NbdebugError: the metric is unknown, not one of this output, or no mean over examples.
    """
    counts = counted(table, metric)
    if metric == "AUROC":
        raise NbdebugError(
            "AUROC is no mean over examples, so slices cannot be searched by it.",
            got="metric='AUROC'",
            fix="metric='loss' or metric='accuracy'; define_slice(query, metric='AUROC') compares one slice",
        )
    if metric == "accuracy":
        wrong = table["outcome"].isin(("wrong", "false_positive", "false_negative")).to_numpy(dtype=float)
        return np.where(counts, wrong, np.nan)
    values = table["loss" if metric == "loss" else "residual"].to_numpy(dtype=float)
    return np.where(counts, np.abs(values) if metric == "MAE" else values, np.nan)
