"""The baseline: fitted on the metadata, predicting what it has not seen."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from jaxtyping import Bool, Float, Int, Shaped
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline
from threadpoolctl import threadpool_limits

from nbdebug.measure.baseline.checks import check_classes, check_counts, check_model
from nbdebug.measure.baseline.columns import read_columns
from nbdebug.measure.baseline.pipeline import make_model
from nbdebug.measure.outcomes import THRESHOLD
from nbdebug.records.baseline import Baseline
from nbdebug.records.ports import OutputKind
from nbdebug.records.progress import Pulse, still

MOST_FITTED = 100_000
"""Examples that each of the models is fitted on at most; all of them are predicted."""


def fit_baseline(
    metadata: pd.DataFrame,
    label: np.ndarray | pd.Series,
    kind: OutputKind,
    columns: Sequence[str] | None = None,
    model: str = "linear",
    folds: int = 5,
    seed: int = 0,
    weights: np.ndarray | None = None,
    *,
    classes: Sequence[Any] | None = None,
    pulse: Pulse = still,
) -> Baseline:
    """Predict the label of every example from its metadata alone, by a model fitted on the other folds.

    Medians, scales and categories are learned inside the folds too. Examples without a label, or of weight 0, are left
    out. Global random states are not touched; the same seed gives the same predictions.

    Args:
        metadata: a row an example.
        label: of each example: 0, 1 or a share; a class; or a number. NaN or None is missing.
        kind: of the output.
        columns: names of metadata columns; None for all.
        model: "linear" (logistic or ridge regression) or "boosting" (gradient-boosted trees).
        folds: how many parts; each is predicted by a model of the others.
        seed: for drawing the parts.
        weights: (example,), None for equal ones.
        classes: of a multi-class output, in the order wanted; those that are labels, sorted, by default.
        pulse: called between folds; what it raises ends the work.

    Raises:
        NbdebugError: an unknown column or model, no usable column, or too few examples (of a class) for the folds.
    """
    chosen = check_model(model, folds)
    features = read_columns(metadata, columns)
    weights = np.ones(len(label)) if weights is None else weights.astype(np.float64)
    label = np.asarray(label)
    kept = np.flatnonzero(~pd.isna(label) & (weights > 0))
    target, names = _target(label[kept], kind, classes)
    check_counts(len(kept), folds)
    if kind != "regression":
        check_classes(target, names, folds)
    values = np.hstack([features.numbers, features.categories])[kept]
    weights = weights[kept] / weights[kept].mean()
    split: Any = (KFold if kind == "regression" else StratifiedKFold)(folds, shuffle=True, random_state=seed)
    widths = features.numbers.shape[1], features.categories.shape[1]
    found = np.full((len(label), len(names)) if kind == "multiclass" else len(label), np.nan)
    notes = dict.fromkeys(features.notes)
    with threadpool_limits(1):  # threads that wait for each other on a busy machine take 10 times as long
        for train, test in split.split(values, target):
            pulse()
            if len(train) > MOST_FITTED:
                train = _sample(train, target, seed)
                notes[f"each model was fitted on a random sample of {MOST_FITTED:,} of {len(kept):,} examples"] = None
            fitted = make_model(kind, chosen, *widths, seed)
            if not _fit(fitted, values[train], target[train], weights[train]):
                notes["the fit did not converge"] = None
            found[kept[test]] = _predict(fitted, values[test], kind, len(names))
    used, left_out = features.columns, features.left_out
    return Baseline(kind, chosen, found, used, left_out, tuple(names), folds, seed, len(kept), tuple(notes))


def _target(
    label: Shaped[np.ndarray, "kept"], kind: OutputKind, classes: Sequence[Any] | None
) -> tuple[np.ndarray, list[Any]]:
    """What is fitted: 0 and 1, numbers of classes (and what they are called), or numbers."""
    if kind == "regression":
        return label.astype(np.float64), []
    if kind == "binary":
        return (label.astype(np.float64) >= THRESHOLD).astype(np.int64), [0, 1]
    names = pd.unique(label).tolist() if classes is None else list(classes)
    if classes is None:
        names.sort()
    numbers = pd.Index(names).get_indexer(pd.Index(label))
    return numbers.astype(np.int64), names


def _sample(train: Int[np.ndarray, "train"], target: np.ndarray, seed: int) -> Int[np.ndarray, "fitted"]:
    """Evenly spread over the labels in order, so that classes keep their shares."""
    shuffled = np.random.default_rng(seed).permutation(train)
    in_order = shuffled[np.argsort(target[shuffled], kind="stable")]
    return in_order[np.linspace(0, len(in_order) - 1, MOST_FITTED).astype(np.int64)]


def _fit(model: Pipeline, values: np.ndarray, target: np.ndarray, weights: Float[np.ndarray, "fitted"]) -> bool:
    """Whether it converged."""
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always", ConvergenceWarning)
        model.fit(values, target, model__sample_weight=weights)
    return not any(issubclass(each.category, ConvergenceWarning) for each in heard)


def _predict(model: Pipeline, values: np.ndarray, kind: OutputKind, n_classes: int) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Found unknown categories")  # they count as "other"
        if kind == "regression":
            return model.predict(values)
        known: Bool[np.ndarray, "class"] = np.isin(np.arange(n_classes), model.classes_)
        shares = np.zeros((len(values), n_classes))
        shares[:, known] = model.predict_proba(values)
    return shares[:, 1] if kind == "binary" else shares
