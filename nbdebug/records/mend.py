"""A change to try on a copy of the network, and how copies with and without it learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import numpy as np


@dataclass(frozen=True)
class Mend:
    """What is different in a copy.

    Args:
        learning_rate: instead of the compiled one.
        optimizer: name of another optimizer, with Keras' defaults.
        standardise_inputs: whether each input feature gets mean 0 and standard deviation 1.
        standardise_targets: whether labels do; losses are reported on the scale of the user's labels.
        layers: layer name -> entries of its configuration to replace, such as {"activation": "relu"}.
    """

    learning_rate: float | None = None
    optimizer: str | None = None
    standardise_inputs: bool = False
    standardise_targets: bool = False
    layers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


AS_IT_IS = Mend()


@dataclass(frozen=True)
class ByMode:
    """The loss at the present weights: in inference, in training mode, and in inference with batch norm averages that
    were taken anew from the same data.
    """

    inference: float
    training: float
    averaged_anew: float


@runtime_checkable
class Trainer(Protocol):
    """Trains copies of the network on one cached slice of its data; the user's own is never touched.

    Args:
        steps: how many updates each copy gets.
        every: updates between two looks at the loss.
    """

    steps: int
    every: int

    def losses(self, mend: Mend, seed: int, patience: int = 1) -> np.ndarray:
        """Train a freshly initialised copy; its loss over the whole slice, (look,), the first before any step.

        A loss that is no longer finite stays so to the end. The slice, its order and the initial weights follow from
        the seed, so that copies with one seed differ by their mend alone. Penalties on weights are not counted.

        Args:
            patience: so many times `steps` updates, as far as time allows.
        """
        ...

    def unmoved(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Names of the trainable layers of a fresh copy that a few updates leave as they were, and of the others."""
        ...

    def by_mode(self) -> ByMode:
        """The losses of a copy with the present weights over the slice."""
        ...
