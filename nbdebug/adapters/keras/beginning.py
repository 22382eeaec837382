"""How the weights of a network began, noted before it is trained."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np

from nbdebug.adapters.keras.graph import config_of


def spreads_of(layers: Collection[Any], done: int) -> dict[str, float] | None:
    """Path of a kernel -> its standard deviation; None where a step was made, a layer is frozen, or a bias has moved.

    Args:
        layers: of a built model.
        done: updates that its optimizer has made.
    """
    weighty = [layer for layer in layers if layer.weights]
    if done or not all(layer.trainable for layer in weighty) or any(map(_has_moved, weighty)):
        return None
    kernels = _named("kernel", weighty)
    return {kernel.path: float(np.asarray(kernel).std(dtype=np.float64)) for kernel in kernels}


def spread_in(spreads: Mapping[str, float], layer: Any) -> float | None:
    """That of a layer's own kernel, None where it has none."""
    found = [spreads[kernel.path] for kernel in _named("kernel", [layer]) if kernel.path in spreads]
    return found[0] if len(found) == 1 else None


def _named(name: str, layers: Iterable[Any]) -> list[Any]:
    return [weight for layer in layers for weight in layer.weights if weight.name == name and np.prod(weight.shape)]


def _has_moved(layer: Any) -> bool:
    given = config_of(layer).get("bias_initializer")
    if not isinstance(given, dict) or given.get("class_name") != "Zeros" or type(layer).__name__ == "LSTM":
        return False
    return any(bool(np.any(bias)) for bias in _named("bias", [layer]))
