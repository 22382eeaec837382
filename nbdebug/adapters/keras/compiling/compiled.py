"""What the user gave `compile`, as plain facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.compiling.callbacks import waiting_of
from nbdebug.adapters.keras.compiling.from_logits import heads_of_logits
from nbdebug.adapters.keras.compiling.losses import compiled_losses, loss_name
from nbdebug.adapters.keras.compiling.schedules import is_scheduled, peak_of, rates_of
from nbdebug.records.case import Loss, LossKind, Training

_KINDS: dict[str, LossKind] = {
    "binary_crossentropy": "binary",
    "binary_focal_crossentropy": "binary",
    "categorical_crossentropy": "categorical",
    "categorical_focal_crossentropy": "categorical",
    "sparse_categorical_crossentropy": "sparse",
    "mean_squared_error": "regression",
    "mean_absolute_error": "regression",
    "mean_absolute_percentage_error": "regression",
    "mean_squared_logarithmic_error": "regression",
    "huber": "regression",
    "log_cosh": "regression",
    "poisson": "poisson",
    "kl_divergence": "kl",
    "hinge": "hinge",
    "squared_hinge": "hinge",
    "categorical_hinge": "hinge",
}


def losses_of(model: Any, heads: Sequence[str]) -> dict[str, Loss]:
    """The compiled loss of each head that has one; a loss of the user's own is of kind "other"."""
    logits = heads_of_logits(model, heads)
    weights = _loss_weights(model, heads)
    found = {}
    for head, given in compiled_losses(model, heads).items():
        name = _canonical(given)
        kind = _KINDS.get(name, "other") if getattr(given, "axis", -1) in (-1, None) else "other"
        ignored = getattr(given, "ignore_class", None)
        found[head] = Loss(name or loss_name(given), kind, head in logits, ignored, weights[head])
    return found


def metrics_of(model: Any, heads: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Names of the compiled metrics of each head; Keras' own by their class, whatever the user calls them."""
    given = _compile_config(model).get("metrics")
    if isinstance(given, Mapping) and "class_name" not in given:
        return {head: _metric_names(given.get(head)) for head in heads}
    if isinstance(given, list | tuple) and len(heads) > 1 and len(given) == len(heads):
        return {head: _metric_names(part) for head, part in zip(heads, given, strict=True)}
    return dict.fromkeys(heads, _metric_names(given))


def training_of(model: Any, n_examples: int, fit: Mapping[str, Any]) -> Training:
    """How the model is trained.

    Args:
        model: any Keras model.
        n_examples: of the training data.
        fit: keyword arguments of the coming `fit`, empty where none is known.
    """
    optimizer = getattr(model, "optimizer", None)
    epochs, size = fit.get("epochs"), fit.get("batch_size")
    split = float(fit.get("validation_split") or 0)
    if fit:
        epochs, size = epochs or 1, size or 32
    trained_on = int(n_examples * (1 - split))
    steps = fit.get("steps_per_epoch") or (-(-trained_on // size) if size else None)
    batches = epochs * steps if epochs and steps else None
    accumulated = int(_number(getattr(optimizer, "gradient_accumulation_steps", None)) or 1)
    return Training(
        optimizer=type(optimizer).__name__.lower() if optimizer is not None else "",
        learning_rate=_learning_rate(optimizer),
        epochs=epochs,
        batch_size=size,
        updates=None if batches is None else batches // accumulated,
        accumulated=accumulated,
        average=_number(getattr(optimizer, "ema_momentum", None)) if getattr(optimizer, "use_ema", False) else None,
        shuffle=fit.get("shuffle", True) if fit else None,
        class_weight=fit.get("class_weight") is not None or fit.get("sample_weight") is not None,
        class_weights=_class_weights(fit.get("class_weight")),
        weightless=_weightless(fit.get("sample_weight")),
        weight_decay=_number(getattr(optimizer, "weight_decay", None)),
        clipped=_clipped(optimizer),
        epsilon=_number(getattr(optimizer, "epsilon", None)),
        done=int(optimizer.iterations) if optimizer is not None and optimizer.built else 0,
        scheduled=is_scheduled(optimizer, fit.get("callbacks")),
        rates=rates_of(optimizer, fit.get("callbacks"), epochs, batches),
        peak=peak_of(optimizer, batches),
        momentum=_momentum(optimizer),
        validation_split=split,
        trainable=int(sum(np.prod(weight.shape) for weight in model.trainable_weights)),
        waiting=waiting_of(fit.get("callbacks")),
    )


def penalty(model: Any) -> float:
    """What the regularisers of the weights add to the loss."""
    regularised = [w for w in model.trainable_weights if getattr(w, "regularizer", None) is not None]
    return float(sum(float(weight.regularizer(weight)) for weight in regularised))


def _canonical(given: Any) -> str:
    """The name of Keras' own function behind an alias, a class or an object; "" for what is not Keras' own."""
    if isinstance(given, str):
        try:
            given = keras.losses.get(given)
        except ValueError:
            return ""
    named = type(given) if isinstance(given, keras.losses.Loss) else given
    if not str(getattr(named, "__module__", "")).startswith("keras."):
        return ""
    name = "".join(f"_{c.lower()}" if c.isupper() else c for c in getattr(named, "__name__", "")).lstrip("_")
    return {"logcosh": "log_cosh", "k_l_divergence": "kl_divergence"}.get(name.removeprefix("_"), name).replace(
        "kldivergence", "kl_divergence"
    )


def _learning_rate(optimizer: Any) -> float | None:
    if optimizer is None:
        return None
    try:
        return float(optimizer.learning_rate)
    except (TypeError, ValueError, AttributeError):
        return None


def _class_weights(given: Any) -> dict[int, float]:
    try:
        return {int(number): float(weight) for number, weight in given.items()} if given else {}
    except (TypeError, ValueError, AttributeError):
        return {}


def _weightless(given: Any) -> float:
    try:
        weights = np.asarray(given, np.float64) if given is not None else np.ones(1)
    except (TypeError, ValueError):  # one array an output, of several lengths
        return 0.0
    return float((weights == 0).mean()) if weights.size else 0.0


def _clipped(optimizer: Any) -> float | None:
    given = [getattr(optimizer, name, None) for name in ("clipnorm", "global_clipnorm", "clipvalue")]
    return min((limit for limit in map(_number, given) if limit is not None), default=None)


def _number(given: Any) -> float | None:
    return float(given) if isinstance(given, int | float) and not isinstance(given, bool) else None


def _momentum(optimizer: Any) -> float:
    try:
        return float(getattr(optimizer, "momentum", None) or 0)
    except (TypeError, ValueError):
        return 0.0


def _loss_weights(model: Any, heads: Sequence[str]) -> dict[str, float]:
    given = _compile_config(model).get("loss_weights")
    if isinstance(given, Mapping):
        return {head: float(given.get(head, 1.0)) for head in heads}
    if isinstance(given, list | tuple) and len(given) == len(heads):
        return dict(zip(heads, map(float, given), strict=True))
    return dict.fromkeys(heads, 1.0)


def _compile_config(model: Any) -> Mapping[str, Any]:
    try:
        return model.get_compile_config() or {}
    except Exception:  # a custom loss or metric need not serialise
        return {}


def _metric_names(given: Any) -> tuple[str, ...]:
    if given is None:
        return ()
    if isinstance(given, list | tuple):
        return tuple(name for part in given for name in _metric_names(part))
    if isinstance(given, Mapping):
        config, kind = given.get("config"), str(given.get("class_name"))
        name = config.get("name") if isinstance(config, Mapping) else config
        built_in = str(given.get("module")).startswith("keras") and kind not in ("function", "MeanMetricWrapper")
        return (kind if built_in else str(name or kind),)
    return (str(given),)
