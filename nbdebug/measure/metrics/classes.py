"""Metrics of an output that is one class of several."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import accuracy_score

from nbdebug.measure.intervals import placements, share_interval
from nbdebug.measure.metrics.calibration import calibration_ends, calibration_error
from nbdebug.measure.metrics.examples import Examples
from nbdebug.measure.metrics.metric import Ends, Estimate, Metric, Undefined, above_zero, mean_of, on_logit_scale

MOST_PAIRS = 20_000_000
"""Examples times classes that are ranked for the macro AUROC; beyond, a sample of the examples is."""

_SMALLEST_SHARE = float(np.finfo(np.float64).eps)
_NO_SHARES = "the share of every class is not at hand"


def _accuracy(examples: Examples) -> Estimate:
    value = float(accuracy_score(examples.label, examples.prediction, sample_weight=examples.weights))
    return Estimate(value, examples.hits - value)


def _accuracy_ends(examples: Examples, _: Estimate) -> Ends:
    return share_interval(examples.hits, examples.weights)[1:]


def _macro_f1(examples: Examples) -> Estimate:
    """Mean F1 over the classes that are a label or predicted.

    Source: Takahashi, Yamamoto, Kuchiba and Koyama 2022, Confidence interval for micro-averaged F1 and macro-averaged
    F1 scores.
    """
    label, called = examples.label.astype(np.int64), examples.prediction.astype(np.int64)
    weights = examples.weights / examples.weights.sum()
    n = int(max(label.max(), called.max())) + 1
    hits = np.bincount(label, weights * examples.hits, n)
    scale = np.bincount(label, weights, n) + np.bincount(called, weights, n)
    there = scale > 0
    f1 = 2 * hits / np.where(there, scale, 1)
    of_hit, of_part = 2 / np.where(there, scale, 1), f1 / np.where(there, scale, 1)
    moved = examples.hits * of_hit[label] - of_part[label] - of_part[called]
    return Estimate(float(f1[there].mean()), moved / there.sum())


def _log_loss(examples: Examples) -> Estimate:
    if examples.label_share is None:
        raise Undefined("the share of the true class is not at hand")
    return mean_of(-np.log(np.clip(examples.label_share, _SMALLEST_SHARE, 1 - _SMALLEST_SHARE)), examples)


def _macro_auroc(examples: Examples) -> Estimate:
    """Mean over classes of the AUROC of that class against all others.

    Source: DeLong et al. 1988; the areas of the classes share their examples, so their components are added up.
    """
    if examples.shares is None:
        raise Undefined(_NO_SHARES)
    kept, note = _sample(examples)
    label, weights = examples.label[kept].astype(np.int64), examples.weights[kept]
    there = np.unique(label)
    if len(there) < 2:
        raise Undefined("every label is the same class, so there are no pairs to rank")
    value, moved = 0.0, np.zeros(len(label))
    for number in there:
        mine = label == number
        placed = placements(mine, examples.shares[kept, number], weights)
        area = float(np.average(placed[mine], weights=weights[mine]))
        share = weights[mine].sum() / weights.sum()
        value += area / len(there)
        moved += (placed - area) / np.where(mine, share, 1 - share) / len(there)
    influence = np.zeros(len(examples))
    influence[kept] = moved * (examples.weights.sum() / weights.sum())
    absent = examples.shares.shape[1] - len(there)
    notes = [*[note] * bool(note), *[f"{absent:,} classes without a label are left out"] * bool(absent)]
    return Estimate(value, influence, "; ".join(notes))


def _sample(examples: Examples) -> tuple[np.ndarray, str]:
    assert examples.shares is not None
    n = MOST_PAIRS // examples.shares.shape[1]
    if n >= len(examples):
        return np.arange(len(examples)), ""
    kept = np.sort(np.random.default_rng(0).choice(len(examples), n, replace=False))
    return kept, f"of a random sample of {n:,} examples"


def _calibration(examples: Examples) -> Estimate:
    """Of the share that the predicted class was given."""
    return calibration_error(_confidence(examples), examples.hits.astype(np.float64), examples.weights)


def _calibration_ends(examples: Examples, _: Estimate) -> Ends:
    return calibration_ends(_confidence(examples), examples.hits.astype(np.float64), examples.weights)


def _confidence(examples: Examples) -> np.ndarray:
    if examples.shares is None:
        raise Undefined(_NO_SHARES)
    return examples.shares.max(axis=1)


METRICS = (
    Metric("accuracy", "higher", _accuracy, _accuracy_ends),
    Metric("macro AUROC", "higher", _macro_auroc, on_logit_scale),
    Metric("macro F1", "higher", _macro_f1, on_logit_scale),
    Metric("log loss", "lower", _log_loss, above_zero),
    Metric("expected calibration error", "lower", _calibration, _calibration_ends, smooth=False),
)
