"""What an activation is by its values, whatever it is called."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.guard import guard
from nbdebug.adapters.keras.reading.taps import activation_name

_SLOPED = keras.layers.ReLU | keras.layers.LeakyReLU
_ROUNDING = 1e-5


def activation_by_value(layer: Any) -> str | None:
    """As `activation_name`, but "linear" for whatever is a straight line: a slope of 1, a function of the user's."""
    name = activation_name(layer)
    return "linear" if name not in (None, "linear") and _is_straight(layer) else name


def _is_straight(layer: Any) -> bool:
    if isinstance(layer, _SLOPED):
        return bool(layer.negative_slope == 1) and not getattr(layer, "threshold", 0) and not _capped(layer)
    function = getattr(layer, "activation", None)
    own = callable(function) and not str(getattr(function, "__module__", "keras")).startswith("keras")
    return own and _is_line(function)


def _capped(layer: Any) -> bool:
    return getattr(layer, "max_value", None) is not None


def _is_line(function: Any) -> bool:
    """Over rows that are shifted and stretched, since some functions look at a whole row."""
    x = np.linspace(-5, 5, 24, dtype="float32").reshape(6, 4) * np.linspace(1, 2, 4, dtype="float32")
    try:
        with guard():
            y = np.asarray(function(keras.ops.convert_to_tensor(x)), np.float64)
    except Exception:  # it takes something else
        return False
    if y.shape != x.shape or not np.isfinite(y).all():
        return False
    slope, offset = np.polyfit(x.ravel(), y.ravel(), 1)
    return float(np.abs(slope * x + offset - y).max()) < _ROUNDING * max(1.0, float(np.abs(y).max()))
