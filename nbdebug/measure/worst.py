"""The examples a model is most shockingly wrong about."""

from typing import Any

import numpy as np
import pandas as pd
from jaxtyping import Bool, Int

from nbdebug.errors import NbdebugError
from nbdebug.measure.outcomes import THRESHOLD, check_outcome, with_threshold
from nbdebug.records.ports import OutputKind

_SIDES = {
    "true_positive": (True, True),
    "false_positive": (False, True),
    "true_negative": (False, False),
    "false_negative": (True, False),
}
"""Whether the label is 1, and whether 1 is predicted."""


class Worst:
    """The lists of one table: each order is sorted once, whatever threshold it is cut by then.

    Args:
        table: of `example_table`.
        kind: of the output.

    Raises:
        NbdebugError: there are no labels.
    """

    def __init__(self, table: pd.DataFrame, kind: OutputKind) -> None:
        if table["label"].isna().all():
            raise NbdebugError(
                "There are no labels, so nothing is known to be wrong.",
                got="a session without y",
                fix="hand over y: nbdebug.debug(model, x, y)",
            )
        self.table, self._kind = table, kind
        self._orders: dict[str, Int[np.ndarray, "known"]] = {}
        if kind == "binary":
            self._label, self._prediction = (table[name].to_numpy(dtype=float) for name in ("label", "prediction"))

    def first(self, outcome: str, n: Any, threshold: float | None = None) -> pd.DataFrame:
        """The rows of one outcome, most shocking first; see `worst_first`."""
        places = self.places(outcome, n, threshold)
        judged = self.table.iloc[places]
        return with_threshold(judged, threshold) if self._kind == "binary" and threshold is not None else judged

    def places(self, outcome: str, n: Any, threshold: float | None = None) -> Int[np.ndarray, "listed"]:
        """Where these rows are in the table."""
        check_outcome(outcome, self._kind)
        if not isinstance(n, int | np.integer) or n < 0:
            raise NbdebugError("n is not a number of rows.", got=repr(n), fix="a whole number of 0 or more")
        order = self._order(outcome)
        if outcome in ("loss", "residual"):
            return order[:n]
        held = self._told(outcome) if threshold is None or self._kind != "binary" else self._cut(outcome, threshold)
        return order[held[order]][:n]

    def _order(self, outcome: str) -> Int[np.ndarray, "known"]:
        by = outcome if outcome in ("loss", "residual") else "gap" if self._kind == "binary" else "loss"
        if by not in self._orders:
            shock = np.abs(self._label - self._prediction) if by == "gap" else self._numbers(by)
            known = np.flatnonzero(~np.isnan(shock))
            self._orders[by] = known[np.argsort(-shock[known], kind="stable")]
        return self._orders[by]

    def _numbers(self, column: str) -> np.ndarray:
        values = self.table[column].to_numpy(dtype=float)
        return np.abs(values) if column == "residual" else values

    def _cut(self, outcome: str, threshold: float) -> Bool[np.ndarray, "row"]:
        is_positive, is_called = self._label >= THRESHOLD, self._prediction >= threshold
        if outcome in _SIDES:
            label, call = _SIDES[outcome]
            return (is_positive == label) & (is_called == call)
        return (is_positive == is_called) == (outcome == "correct")

    def _told(self, outcome: str) -> Bool[np.ndarray, "row"]:
        names = {
            "correct": ("correct", "true_positive", "true_negative"),
            "wrong": ("wrong", "false_positive", "false_negative"),
        }
        return self.table["outcome"].isin(names.get(outcome, (outcome,))).to_numpy()


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
    return Worst(table, kind).first(outcome, n, threshold)
