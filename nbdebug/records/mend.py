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
        settings: entries of the configuration of the compiled optimizer to replace, such as {"weight_decay": 0.0}.
        standardise_inputs: whether each input feature gets mean 0 and standard deviation 1.
        standardise_targets: whether labels do; losses are reported on the scale of the user's labels.
        layers: layer name -> entries of its configuration to replace, such as {"activation": "relu"}.
        instead: layer name -> "Flatten" or "Identity" that stands in its place; the latter takes
            the layer out.
        hidden: layer name -> width of two hidden layers of rectifiers that are put before it.
        penalties: whether training counts what regularisers and `add_loss` add to the loss of the data.
    """

    learning_rate: float | None = None
    optimizer: str | None = None
    settings: Mapping[str, object] = field(default_factory=dict)
    standardise_inputs: bool = False
    standardise_targets: bool = False
    layers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    hidden: Mapping[str, int] = field(default_factory=dict)
    penalties: bool = True


AS_IT_IS = Mend()


@dataclass(frozen=True)
class ByMode:
    """The loss at the present weights: in inference, in training mode, and in inference with batch norm averages that
    were taken anew from the same data.
    """

    inference: float
    training: float
    averaged_anew: float


@dataclass(frozen=True)
class ByPairing:
    """How far apart two updates of a copy end, as shares of how far they go.

    Args:
        exchanged: with the labels of the batch dealt out to other examples of it.
        others: with one label for all of them.
        again: with nothing changed.
    """

    exchanged: float
    others: float
    again: float


@dataclass(frozen=True)
class ByStep:
    """How far steps on one batch take all trainable weights together (Euclidean).

    Args:
        own: by a training step of the user's own code.
        keras: by that of Keras, with the same optimizer and the compiled loss.
        size: of the weights that both began with.
        steps: how many there were.
        own_one_way, keras_one_way: of the weights that a step of each moves, the share that goes the more common of
            the two ways, up or down; 0 where none moves.
    """

    own: float
    keras: float
    size: float
    steps: int
    own_one_way: float
    keras_one_way: float


@dataclass(frozen=True)
class Movement:
    """What a few updates move.

    Args:
        still: names of the trainable layers that they leave as they were.
        moved: names of the others.
        stuck: (layer, weight) of the trainable weights with units that begin as zeros and stay so.
    """

    still: tuple[str, ...]
    moved: tuple[str, ...]
    stuck: tuple[tuple[str, str], ...] = ()


@runtime_checkable
class Trainer(Protocol):
    """Trains copies of the network on one cached slice of its data; the user's own is never touched.

    Args:
        steps: how many updates each copy gets.
        every: updates between two looks at the loss.
        own_step: whether the model trains by a step of the user's own code.
    """

    steps: int
    every: int
    own_step: bool

    def losses(self, mend: Mend, seed: int, patience: int = 1, held_out: bool = False) -> np.ndarray:
        """Train a freshly initialised copy; its loss over the whole slice, (look,), the first before any step.

        A loss that is no longer finite stays so to the end. The slice, its order and the initial weights follow from
        the seed, so that copies with one seed differ by their mend alone. Penalties on weights are not counted.

        Args:
            patience: so many times `steps` updates; fewer where the network is large.
            held_out: whether the loss is that of examples which the copy does not train on.
        """
        ...

    def movement(self) -> Movement:
        """What a few updates of fresh copies move."""
        ...

    def penalised(self) -> bool:
        """Whether anything is added to the loss of the data: by regularisers, or by `add_loss` of layers."""
        ...

    def by_mode(self) -> ByMode:
        """The losses of a copy with the present weights over the slice."""
        ...

    def gradients(self) -> Mapping[str, float]:
        """Root mean square of the first gradient of each trainable layer of a fresh copy, by name."""
        ...

    def by_pairing(self) -> ByPairing:
        """How a plain step along the gradient depends on the labels, and on which example has which."""
        ...

    def by_step(self) -> ByStep:
        """How far the model's own training step goes, beside that of Keras."""
        ...
