"""Metrics of an output that is a share of label 1."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from nbdebug.measure.intervals import auroc_interval, effective_number, placements, share_interval, wilson
from nbdebug.measure.metrics.calibration import calibration_ends, calibration_error
from nbdebug.measure.metrics.examples import Examples
from nbdebug.measure.metrics.metric import Ends, Estimate, Metric, Undefined, above_zero, mean_of, on_logit_scale
from nbdebug.measure.metrics.precision import average_precision

_SMALLEST_SHARE = float(np.finfo(np.float64).eps)
"""As scikit-learn's log_loss, so that a certain mistake costs 36 and not infinity."""


def _accuracy(examples: Examples) -> Estimate:
    called = examples.is_called
    value = float(accuracy_score(examples.is_positive, called, sample_weight=examples.weights))
    return Estimate(value, (examples.is_positive == called) - value)


def _accuracy_ends(examples: Examples, _: Estimate) -> Ends:
    return share_interval(examples.is_positive == examples.is_called, examples.weights)[1:]


def _auroc(examples: Examples) -> Estimate:
    label, weights = examples.is_positive, examples.weights
    if label.all() or not label.any():
        raise Undefined(f"every label is {int(label[0])}, so there are no pairs to rank")
    value = float(roc_auc_score(label, examples.prediction, sample_weight=weights))
    share = np.where(label, weights[label].sum(), weights[~label].sum()) / weights.sum()
    return Estimate(value, (placements(label, examples.prediction, weights) - value) / share)


def _auroc_ends(examples: Examples, _: Estimate) -> Ends:
    return auroc_interval(examples.is_positive, examples.prediction.astype(np.float64), examples.weights)[1:]


def _average_precision(examples: Examples) -> Estimate:
    if not examples.is_positive.any():
        raise Undefined("every label is 0, so there is nothing to be found")
    value, influence = average_precision(examples.is_positive, examples.prediction, examples.weights)
    return Estimate(value, influence)


def _f1(examples: Examples) -> Estimate:
    label, called, weights = examples.is_positive, examples.is_called, examples.weights
    if not (label.any() or called.any()):
        raise Undefined(f"no label is 1 and no prediction reaches {examples.threshold:g}")
    value = float(f1_score(label, called, sample_weight=weights, zero_division=0.0))
    scale = float(np.average(label.astype(np.float64) + called, weights=weights))
    return Estimate(value, (2.0 * (label & called) - value * (label.astype(np.float64) + called)) / scale)


def _f1_ends(examples: Examples, estimate: Estimate) -> Ends:
    """F1 is a rising function of the share of true positives among all that is 1 or predicted 1; Wilson's of that.

    Source: Lam, Gopal and Qian 2023, Confidence intervals for the F1 score: a comparison of four methods ("Wilson
    indirect").
    """
    n = effective_number(examples.weights[examples.is_positive | examples.is_called])
    ends = wilson(np.asarray(estimate.value / (2 - estimate.value)), np.asarray(n))
    low, high = (float(end) for end in ends)
    return 2 * low / (1 + low), 2 * high / (1 + high)


def _log_loss(examples: Examples) -> Estimate:
    """Cross-entropy; of a label that is a share, of the whole share."""
    score = np.clip(examples.prediction, _SMALLEST_SHARE, 1 - _SMALLEST_SHARE)
    return mean_of(-examples.label * np.log(score) - (1 - examples.label) * np.log1p(-score), examples)


def _brier(examples: Examples) -> Estimate:
    return mean_of((examples.prediction - examples.label) ** 2.0, examples)


def _calibration(examples: Examples) -> Estimate:
    return calibration_error(examples.prediction, examples.label, examples.weights)


def _calibration_ends(examples: Examples, _: Estimate) -> Ends:
    return calibration_ends(examples.prediction, examples.label, examples.weights)


METRICS = (
    Metric("accuracy", "higher", _accuracy, _accuracy_ends),
    Metric("AUROC", "higher", _auroc, _auroc_ends, strata=lambda examples: examples.is_positive),
    Metric("average precision", "higher", _average_precision, on_logit_scale),
    Metric("F1", "higher", _f1, _f1_ends),
    Metric("log loss", "lower", _log_loss, above_zero),
    Metric("Brier score", "lower", _brier, above_zero),
    Metric("expected calibration error", "lower", _calibration, _calibration_ends, smooth=False),
)
