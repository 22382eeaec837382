"""What a loss says of predictions that are made up."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from nbdebug.records.case import Case, End


def labels_as_predictions(case: Case, end: End) -> np.ndarray | None:
    """Labels of the first examples in the shape of their predictions; None where they have another, or are missing."""
    labels = case.targets[end.name][: len(end.values)]
    if end.labels.missing or labels.size != end.values.size or not labels.size:
        return None
    return labels.astype(np.float32).reshape(end.values.shape)


def mean_loss(end: End, predictions: np.ndarray) -> float | None:
    """Loss of the first examples, all at once, if these were their predictions; None where it is no number."""
    found = any_loss(end, predictions)
    return found if found is not None and np.isfinite(found) else None


def mean_losses(end: End, probed: Iterable[np.ndarray]) -> np.ndarray | None:
    """The same of each of these predictions, (probe,); None where one of them is none."""
    found = []
    for predictions in probed:
        loss = mean_loss(end, predictions)
        if loss is None:
            return None
        found.append(loss)
    return np.array(found)


def any_loss(end: End, predictions: np.ndarray) -> float | None:
    """The same where it may be infinite or no number; None where it cannot be taken or is random."""
    if end.batch_loss is None:
        return None
    return end.batch_loss(predictions.astype(np.float32), np.arange(len(predictions)))


def takes_shares(case: Case, end: End, of_the_rest: bool) -> bool:
    """Whether a loss of the user's own holds labels of 0 and 1 against the logarithm of predictions as they are.

    Predictions that are wrong by all but 0.01, 0.001 and 0.0001 of a label: with each, a logarithm grows by as much
    again; what puts predictions through a sigmoid or softmax first hardly changes, and neither does a square.

    Args:
        of_the_rest: whether it has to be the logarithm of what is left up to 1, too, which a likelihood of counts does
            not ask for.
    """
    labels = zero_one(case, end)
    if labels is None:
        return False
    others = labels.shape[-1] - 1 if end.labels.kind == "one_hot" else 1
    probed = [_sure(labels, share, others) for share in (1e-2, 1e-3, 1e-4)]
    if of_the_rest:
        probed = [np.where(labels > 0.5, 0.5, predictions) for predictions in probed]
    losses = [mean_loss(end, predictions) for predictions in probed]
    first, second, third = (float("nan") if loss is None else loss for loss in losses)
    return second > first and bool(abs((third - second) / (second - first) - 1) < 0.3)


def takes_logits(case: Case, end: End) -> bool:
    """Whether a loss of the user's own goes on falling to 0 when predictions of labels 0 and 1 go far beyond both.

    At predictions that equal the labels it is still at least a third of what it is where nothing is known, and at 16
    times the sign a twentieth of that: so do cross-entropies of logits and hinges, and nothing that takes shares.
    """
    labels = zero_one(case, end)
    if labels is None:
        return False
    unknown = 1 / labels.shape[-1] if end.labels.kind == "one_hot" else 0.5
    even, equal, far = (mean_loss(end, given) for given in (np.full_like(labels, unknown), labels, 32 * labels - 16))
    if even is None or equal is None or far is None:
        return False
    return equal > even / 3 and abs(far) < equal / 20


def zero_one(case: Case, end: End) -> np.ndarray | None:
    """Labels of 0 and 1 that a loss of the user's own is held against, in the shape of predictions; else None."""
    if end.loss is None or end.loss.kind != "other" or end.labels.kind not in ("binary", "multi_hot", "one_hot"):
        return None
    return labels_as_predictions(case, end)


def _sure(labels: np.ndarray, share: float, others: int) -> np.ndarray:
    """Predictions that leave `share` to what the labels say, and the rest to the opposite, or evenly to others."""
    return np.where(labels > 0.5, share, (1 - share) / others)
