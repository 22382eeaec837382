"""How the weights of a network began, noted before it is trained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np

from nbdebug.adapters.keras.graph import config_of


def spreads_of(layers: Collection[Any], done: int) -> dict[str, float] | None:
    """Path of a kernel that will be trained -> its standard deviation; None where a step was made or a bias has moved.

    Beside frozen layers, which mostly were trained elsewhere, others may have been, too: there each must have a bias
    that has not moved.

    Args:
        layers: of a built model.
        done: updates that its optimizer has made.
    """
    weighty = [layer for layer in layers if layer.weights]
    learning = [layer for layer in weighty if layer.trainable]
    if done or any(map(_has_moved, learning)):
        return None
    if len(learning) < len(weighty) and not all(map(_began_at_zero, learning)):
        return None
    kernels = _named("kernel", learning)
    return {kernel.path: float(np.asarray(kernel).std(dtype=np.float64)) for kernel in kernels}


def spread_in(spreads: Mapping[str, float], layer: Any) -> float | None:
    """That of a layer's own kernel, None where it has none."""
    found = [spreads[kernel.path] for kernel in _named("kernel", [layer]) if kernel.path in spreads]
    return found[0] if len(found) == 1 else None


def _named(name: str, layers: Iterable[Any]) -> list[Any]:
    return [weight for layer in layers for weight in layer.weights if weight.name == name and np.prod(weight.shape)]


def _has_moved(layer: Any) -> bool:
    return _began_at_zero(layer) and any(bool(np.any(bias)) for bias in _named("bias", [layer]))


def _began_at_zero(layer: Any) -> bool:
    """Whether it has a bias, of zeros at first."""
    given = config_of(layer).get("bias_initializer")
    zeros = isinstance(given, dict) and given.get("class_name") == "Zeros" and type(layer).__name__ != "LSTM"
    return zeros and bool(_named("bias", [layer]))
