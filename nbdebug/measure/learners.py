"""What plain learners make of inputs and labels, always judged on examples that they were not fitted on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float, Shaped

_TREES = 60
_FOLDS = 3


class Transfer(NamedTuple):
    """How often a forest of the first examples is right.

    Args:
        held_out: share of the first examples that trees which had not seen them are right about.
        predicted: label of each of the other examples.
    """

    held_out: float
    predicted: Shaped[np.ndarray, "other"]


def transfer(
    x: Float[np.ndarray, "example number"], y: Shaped[np.ndarray, "example"], other: Float[np.ndarray, "other number"]
) -> Transfer:
    """Fit extremely randomised trees to classes and predict other examples (Geurts et al. 2006)."""
    from sklearn.ensemble import ExtraTreesClassifier  # half a second, which most checkups need not wait for

    forest = ExtraTreesClassifier(_TREES, bootstrap=True, oob_score=True, random_state=0).fit(x, y)
    return Transfer(float(forest.oob_score_), forest.predict(other))


def shares(x: Float[np.ndarray, "example number"], y: Shaped[np.ndarray, "example"]) -> Float[np.ndarray, "example"]:
    """The share of trees, among those that have not seen an example, that say y is true of it."""
    from sklearn.ensemble import RandomForestClassifier

    least = max(10, len(y) // 20)  # so that a share has a standard error of 0.1 in one leaf, and less over the trees
    forest = RandomForestClassifier(_TREES, min_samples_leaf=least, oob_score=True, random_state=0).fit(x, y)
    return np.asarray(forest.oob_decision_function_[:, list(forest.classes_).index(True)])


def correlations(
    x: Float[np.ndarray, "example number"], labels: Float[np.ndarray, "example column"]
) -> Iterator[tuple[str, float]]:
    """The correlation of labels with what each learner predicts for them in cross-validation, the cheapest first.

    Linear (ridge) regression, nearest neighbours and extremely randomised trees, on standardised numbers; classes are
    columns of 0 and 1. Over all columns, each with its mean taken off; 0 where a learner always says the same.
    """
    from sklearn.model_selection import KFold, cross_val_predict

    folds = KFold(_FOLDS, shuffle=True, random_state=0)
    centred = labels - labels.mean(axis=0)
    for name, learner in _learners():
        given = cross_val_predict(learner, x, labels[:, 0] if labels.shape[1] == 1 else labels, cv=folds)
        given = given.reshape(labels.shape)
        given = given - given.mean(axis=0)
        norm = float(np.sqrt((given**2).sum() * (centred**2).sum()))
        yield name, float((given * centred).sum()) / norm if norm > 0 else 0.0


def _learners() -> list[tuple[str, Any]]:
    from sklearn.ensemble import ExtraTreesRegressor
    from sklearn.linear_model import Ridge
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return [
        ("linear", make_pipeline(StandardScaler(), Ridge(10.0))),
        ("neighbours", make_pipeline(StandardScaler(), KNeighborsRegressor(15))),
        ("trees", ExtraTreesRegressor(_TREES, min_samples_leaf=3, max_features=0.3, random_state=0)),
    ]
