"""The columns of the validation table are in another order than those of the training table."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.measure.column_order import best_order
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_ROWS, _COLUMNS = 400, 64


def judge(
    case: Case, *, apart: float = 3.0, agrees: float = 2.0, part: float = 1 / 3, examples: int = 30
) -> Iterator[Found]:
    """Tables of 3 to 64 columns and at least `examples` rows. As given they disagree `apart` times as much as two
    samples of the same examples do by chance, and in another order at most `agrees` times and at most `part` as much.
    Drift makes tables disagree, too, but no other order mends that.
    """
    if case.validation is None:
        raise Unfit("there is no validation data")
    for name, given in case.validation[0].items():
        one, other = _table(case.inputs.get(name)), _table(given)
        if one is None or other is None or one.shape[1] != other.shape[1] or min(len(one), len(other)) < examples:
            continue
        found = best_order(one, other, unless=apart)
        moved = np.flatnonzero(found.order != np.arange(len(found.order)))
        if found.as_given < apart or found.best > min(agrees, part * found.as_given) or not len(moved):
            continue
        first = int(moved[0])
        yield Found(
            why=f"The validation columns of input {name} are in another order than the training columns: {len(moved)} "
            f"of {len(found.order)} agree with another one, such as column {first} of the training data with column "
            f"{int(found.order[first])} of the validation data.",
            fix="x_validation = x_validation[x_train.columns]  # by name, before .to_numpy()",
            measured=found.as_given,
            threshold=apart,
            measured_in="disagreement of the columns, over that of two samples",
            evidence={"input": name, "order": found.order.tolist(), "disagreement in that order": found.best},
        )


def _table(values: np.ndarray | None) -> np.ndarray | None:
    if values is None or values.ndim != 2 or values.dtype.kind not in "fiub" or not 3 <= values.shape[1] <= _COLUMNS:
        return None
    some = spread(values, _ROWS * values.shape[1]).astype(np.float64)
    return some[np.isfinite(some).all(axis=1)]


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="Sculley et al. 2015, Hidden technical debt (training-serving skew); Breck et al. 2019, Data validation for "
    "machine learning",
    rank=7,
    explains=("different_preprocessing", "unscaled_inputs"),
    program="own_columns_in_another_order",
)
