"""How the loss of a copy differs between training and inference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.copying.cloning import all_layers
from nbdebug.adapters.keras.copying.copies import Copy
from nbdebug.records.mend import ByMode


def by_mode(copy: Copy, x: Mapping[str, np.ndarray], y: Mapping[str, np.ndarray]) -> ByMode:
    """The losses over these examples; the batch norm averages of the copy are theirs afterwards."""
    inference = copy.loss(x, y)
    with _following_at_once(copy.model):
        training = copy.loss_in_training(x, y)
    return ByMode(inference, training, copy.loss(x, y))


@contextmanager
def _following_at_once(model: Any) -> Iterator[None]:
    """Let the averages of its batch norm be those of the next batch alone."""
    layers = [layer for layer in all_layers(model) if isinstance(layer, keras.layers.BatchNormalization)]
    before = [layer.momentum for layer in layers]
    for layer in layers:
        layer.momentum = 0.0
    try:
        yield
    finally:
        for layer, momentum in zip(layers, before, strict=True):
            layer.momentum = momentum
