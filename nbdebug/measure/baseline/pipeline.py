"""The model that sees the metadata only, with all that it must learn before it inside."""

from __future__ import annotations

from typing import Any

from sklearn.compose import ColumnTransformer
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

from nbdebug.measure.baseline.columns import MOST_CATEGORIES
from nbdebug.records.baseline import BaselineModel
from nbdebug.records.ports import OutputKind

_RARE = 5
"""A category of fewer examples than this is "other"."""


def make_model(kind: OutputKind, model: BaselineModel, n_numbers: int, n_categories: int, seed: int) -> Pipeline:
    """An unfitted pipeline over (example, column): numbers first, then category numbers.

    Linear: missing numbers become the median, with a column that says so; numbers are scaled, categories one-hot.
    Boosting: trees take missing numbers and categories as they are.
    """
    make = _linear if model == "linear" else _boosting
    return make(kind == "regression", list(range(n_numbers)), list(range(n_numbers, n_numbers + n_categories)), seed)


def _linear(is_regression: bool, numbers: list[int], categories: list[int], _seed: int) -> Pipeline:
    filled = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    one_hot = OneHotEncoder(
        handle_unknown="infrequent_if_exist", min_frequency=_RARE, max_categories=MOST_CATEGORIES, sparse_output=True
    )
    parts = [("numbers", make_pipeline(filled, StandardScaler()), numbers), ("categories", one_hot, categories)]
    learner: Any = Ridge() if is_regression else LogisticRegression(max_iter=1000)
    return Pipeline([("columns", ColumnTransformer(parts)), ("model", learner)])


def _boosting(is_regression: bool, numbers: list[int], categories: list[int], seed: int) -> Pipeline:
    as_numbers = OrdinalEncoder(
        handle_unknown="use_encoded_value",
        unknown_value=float("nan"),
        min_frequency=_RARE,
        max_categories=MOST_CATEGORIES,
    )
    parts = [("numbers", "passthrough", numbers), ("categories", as_numbers, categories)]
    learner = HistGradientBoostingRegressor if is_regression else HistGradientBoostingClassifier
    trees = learner(categorical_features=categories, random_state=seed)
    return Pipeline([("columns", ColumnTransformer(parts)), ("model", trees)])
