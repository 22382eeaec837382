"""The loss of each example where the model does not say which loss it was compiled with."""

import numpy as np
from jaxtyping import Float, Num

from nbdebug.records.ports import OutputKind

_SMALLEST_SHARE = 1e-7


def inferred_loss_name(kind: OutputKind, logits: bool) -> str:
    """What the inferred loss is called: the usual loss of that kind of output."""
    name = {"binary": "binary_crossentropy", "multiclass": "categorical_crossentropy", "regression": "squared_error"}
    return name[kind] + (" from logits" if logits else "")


def inferred_losses(
    kind: OutputKind,
    label: Num[np.ndarray, "example *position"],
    score: Float[np.ndarray, "example *position_and_class"],
) -> Float[np.ndarray, "example *position"]:
    """Cross-entropy of the label for shares, squared error for numbers; NaN where the label is missing.

    Args:
        kind: what is predicted.
        label: 0 or 1, class numbers, or numbers.
        score: the share of label 1; of each class (one more axis); or the predicted number.

    Shares are kept 1e-7 away from 0 and 1, as Keras does.
    """
    label = label.astype(np.float64)
    if kind == "regression":
        return (score.astype(np.float64) - label) ** 2
    share = np.clip(share_of_label(kind, label, score), _SMALLEST_SHARE, 1 - _SMALLEST_SHARE)
    return -np.log(share)


def share_of_label(
    kind: OutputKind,
    label: Num[np.ndarray, "example *position"],
    score: Float[np.ndarray, "example *position_and_class"],
) -> Float[np.ndarray, "example *position"]:
    """The share that the model gave to the label; NaN where the label is missing."""
    label, score = label.astype(np.float64), score.astype(np.float64)
    if kind == "binary":
        return np.where(label == 1, score, 1 - score) + 0 * label
    number = np.nan_to_num(label).astype(int)
    return np.take_along_axis(score, number[..., None], axis=-1)[..., 0] + 0 * label


def squash(logits: Float[np.ndarray, "*axes"], kind: OutputKind) -> Float[np.ndarray, "*axes"]:
    """Logits -> shares: sigmoid, or softmax over the last axis."""
    if kind == "binary":
        return np.exp(-np.logaddexp(0, -logits))
    away = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return away / away.sum(axis=-1, keepdims=True)
