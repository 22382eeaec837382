"""What the units of a layer put out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Num

from nbdebug.records.layer import Layer


@dataclass(frozen=True)
class Activations:
    """The output of one layer for some examples.

    Args:
        layer: which layer.
        examples: positions of the examples in the data.
        values: (example, *axes, unit).
        mask: (example, position) True where time counts, None where the layer has no mask.
        training: True where dropout was on and batch norm used the batch (asked for, never the default).
        fingerprint: which state of the weights this is.
        mean: True where `values` is (1, *axes, unit), the mean over `examples`.
    """

    layer: Layer
    examples: tuple[int, ...]
    values: Num[np.ndarray, "example *axes"]
    mask: Bool[np.ndarray, "example position"] | None
    training: bool
    fingerprint: str
    mean: bool = False
