"""Classes numbered in an order of their own, such as that of the alphabet, and predicted as a number."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import cross_val_predict

from nbdebug.checks.check import Check, Found
from nbdebug.checks.data._rows import numeric
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case, End

_MOST, _COLUMNS = 4000, 200
_ALPHAS = tuple(10.0**power for power in range(-2, 4))


def judge(
    case: Case, *, better: float = 0.25, good: float = 0.4, classes: int = 8, fewest: int = 200
) -> Iterator[Found]:
    """A table, and one unit for three to `classes` whole numbers, under a loss for numbers. A plane explains them
    to a share that is `better` higher, and `good` at least, of examples that it was not fitted to, once the classes are
    numbered in the order in which they lie along the direction that tells them apart best; of `fewest` examples or
    more, so that no order is found by chance.
    """
    for end in case.ends:
        table, codes = _table(case), _codes(case, end, classes)
        if table is None or codes is None or len(table) != len(codes) or len(codes) < fewest:
            continue
        x, y = spread(table, _MOST * table.shape[1]), spread(codes, _MOST)
        axis = LinearDiscriminantAnalysis(n_components=1).fit_transform(x, y)[:, 0]
        values = np.unique(y)
        along = np.argsort([axis[y == value].mean() for value in values])
        ordered = np.argsort(along)[np.searchsorted(values, y)]
        given, mended = _explained(x, y), _explained(x, ordered)
        if mended < good or mended - given < better:
            continue
        order = ", ".join(f"{values[k]:g}" for k in along)
        yield Found(
            why=f"The labels of {end.name} are numbers whose order is not that of what they stand for: in the order "
            f"{order} a plane explains {mended:.0%} of them, as they are {given:.0%}. Encoders number by the alphabet.",
            fix='y = grade.map({"low": 0, "middle": 1, "high": 2})  # by hand, in their order; or a unit a class\n'
            'OrdinalEncoder(categories=[["low", "middle", "high"]])',
            output=end.name,
            measured=given,
            threshold=mended,
            measured_in="share of the labels that a plane explains",
        )


def _table(case: Case) -> np.ndarray | None:
    given = list(numeric(case.inputs).values())
    if len(given) != 1 or len(case.inputs) != 1 or given[0].ndim != 2 or given[0].shape[1] > _COLUMNS:
        return None
    x = given[0].astype(np.float64)
    return (x - x.mean(axis=0)) / np.where(x.std(axis=0) > 0, x.std(axis=0), 1.0) if np.isfinite(x).all() else None


def _codes(case: Case, end: End, classes: int) -> np.ndarray | None:
    y, loss = case.targets.get(end.name), end.loss
    if y is None or loss is None or loss.kind != "regression" or end.units != 1 or y.size != len(y):
        return None
    known = end.labels.whole and not end.labels.missing and 3 <= end.labels.distinct <= classes
    return y.reshape(-1).astype(np.float64) if known else None


def _explained(x: np.ndarray, y: np.ndarray) -> float:
    """Share of the variance that a ridge regression explains of examples that it was not fitted to."""
    predicted = cross_val_predict(RidgeCV(_ALPHAS), x, y, cv=3)
    return 1 - float(np.mean((predicted - y) ** 2) / y.var())


CHECK = Check(
    judge=judge,
    cause="labels",
    severity="warning",
    source="scikit-learn, LabelEncoder numbers by sorted names; Fisher 1936, The use of multiple measurements in "
    "taxonomic problems",
    rank=25,
    slow=True,
    program="own_grades_by_the_alphabet",
)
