"""The compiled loss of each head, one number an example."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.guard import guard


def compiled_losses(model: Any, heads: Sequence[str]) -> dict[str, Any]:
    """What the user gave `compile` as the loss of each head; heads without one are left out."""
    given = getattr(model, "loss", None) if getattr(model, "compiled", False) else None
    if given is None:
        return {}
    if isinstance(given, Mapping):
        return {head: given[head] for head in heads if given.get(head) is not None}
    if isinstance(given, list | tuple):
        return {head: loss for head, loss in zip(heads, given, strict=False) if loss is not None}
    return dict.fromkeys(heads, given) if isinstance(given, str) or len(heads) == 1 else {}


def loss_name(loss: Any) -> str:
    """A short name to show for a loss given as text, function or object."""
    if isinstance(loss, str):
        return loss
    return str(getattr(loss, "name", None) or getattr(loss, "__name__", None) or type(loss).__name__)


def example_losses(loss: Any, y: np.ndarray, prediction: np.ndarray, per_time: bool) -> np.ndarray | None:
    """Loss of each example, (example,), or of each time, (example, time), without reduction or weights.

    Args:
        per_time: True for a head that predicts at every time.

    Returns:
        None where the loss cannot be computed on these labels.
    """
    try:
        function = _function(loss)
        with guard():
            values = np.asarray(function(_label(y, prediction), tf.convert_to_tensor(prediction)))
            if values.shape[:1] != prediction.shape[:1]:
                values = np.array([_single(function, y, prediction, i) for i in range(len(prediction))])
    except (ValueError, TypeError, tf.errors.OpError):
        return None
    kept = 2 if per_time and values.ndim > 1 and values.shape[1] == prediction.shape[1] else 1
    return values.mean(axis=tuple(range(kept, values.ndim))) if values.ndim > kept else values


def batch_loss(loss: Any, y: np.ndarray, prediction: np.ndarray) -> float | None:
    """Mean loss of a batch as the loss sees it, all examples at once; None where it cannot be computed or is random."""
    try:
        function, given = _function(loss), (_label(y, prediction), tf.convert_to_tensor(prediction))
        with guard():
            one, other = (float(np.mean(np.asarray(function(*given)))) for _ in range(2))
    except (ValueError, TypeError, tf.errors.OpError):
        return None
    return one if one == other or np.isnan([one, other]).all() else None


def _function(loss: Any) -> Callable[[Any, Any], Any]:
    if isinstance(loss, str):
        # An unnamed loss object would advance the user's automatic names.
        named = {"class_name": loss, "config": {"name": "nbdebug_loss"}}
        loss = keras.losses.get(named if loss[:1].isupper() and not loss.isupper() else loss)
    return loss.call if isinstance(loss, keras.losses.Loss) else loss


def _label(y: np.ndarray, prediction: np.ndarray) -> Any:
    label = np.asarray(y)
    if label.ndim == prediction.ndim - 1 and prediction.shape[-1] == 1:
        # Keras aligns (example,) with (example, 1) in `fit` too; without it the two would broadcast to a square.
        label = label[..., None]
    return tf.convert_to_tensor(label.astype(prediction.dtype) if label.dtype.kind in "fb" else label)


def _single(function: Callable[[Any, Any], Any], y: np.ndarray, prediction: np.ndarray, i: int) -> float:
    value = function(_label(y[i : i + 1], prediction), tf.convert_to_tensor(prediction[i : i + 1]))
    return float(np.mean(np.asarray(value)))
