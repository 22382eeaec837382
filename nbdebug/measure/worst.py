"""The examples a model is most shockingly wrong about."""

from typing import Any

import numpy as np
import pandas as pd

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import check_outcome, with_threshold
from nbdebug.records.ports import OutputKind


def worst_first(
    table: pd.DataFrame, kind: OutputKind, outcome: str, n: Any, threshold: float | None = None
) -> pd.DataFrame:
    """The rows of one outcome, most shocking first.

    Args:
        table: of `example_table`.
        kind: of the output.
        outcome: an outcome's name; "correct" or "wrong"; "loss"; "residual" (by magnitude).
        n: how many rows at most.
        threshold: the share from which on a binary output predicts 1; None takes the outcomes of the table.

    A binary outcome is ordered by the gap between label and prediction, a class outcome by loss. Ties keep the order of
    the data, missing labels are left out.

    Raises:
        NbdebugError: the outcome is unknown, `n` is not a count, or there are no labels.
    """
    check_outcome(outcome, kind)
    if not isinstance(n, int | np.integer) or n < 0:
        raise NbdebugError("n is not a number of rows.", got=repr(n), fix="a whole number of 0 or more")
    if table["label"].isna().all():
        raise NbdebugError(
            "There are no labels, so nothing is known to be wrong.",
            got="a session without y",
            fix="hand over y: nbdebug.debug(model, x, y)",
        )
    if kind == "binary" and threshold is not None:
        table = with_threshold(table, threshold)
    shock = _shock(table, kind, outcome)
    chosen = np.flatnonzero(_has_outcome(table, outcome) & shock.notna().to_numpy())
    order = chosen[np.argsort(-shock.to_numpy(dtype=float)[chosen], kind="stable")]
    return table.iloc[order[:n]]


def _shock(table: pd.DataFrame, kind: OutputKind, outcome: str) -> pd.Series:
    if outcome == "residual":
        return table["residual"].abs()
    if outcome == "loss" or kind != "binary":
        return table["loss"]
    return (table["label"] - table["prediction"]).abs()


def _has_outcome(table: pd.DataFrame, outcome: str) -> np.ndarray:
    if outcome in ("loss", "residual"):
        return np.ones(len(table), dtype=bool)
    names = {
        "correct": ("correct", "true_positive", "true_negative"),
        "wrong": ("wrong", "false_positive", "false_negative"),
    }
    return table["outcome"].isin(names.get(outcome, (outcome,))).to_numpy()
