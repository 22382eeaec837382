"""What one program of the suites is: a compiled network, its data, and how `fit` would be called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import keras


@dataclass(frozen=True)
class Program:
    """A network just before its `fit`.

    Args:
        model: built and compiled.
        x: inputs as handed to `fit`.
        y: labels as handed to `fit`.
        fit: other keyword arguments of `fit`.
        validation: (x, y) or None.
    """

    model: keras.Model
    x: Any
    y: Any
    fit: dict[str, Any] = field(default_factory=dict)
    validation: Any = None


def stack(shape: tuple[int | None, ...], *layers: keras.layers.Layer, name: str | None = None) -> keras.Sequential:
    """A plain stack of layers over inputs of that shape."""
    return keras.Sequential([keras.Input(shape), *layers], name=name)
