"""What was noted while a network trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from jaxtyping import Float, Int


@dataclass(frozen=True)
class Curve:
    """Values over steps; where many were noted, one in `every` is kept.

    Args:
        steps: numbers of the optimiser updates, from 1.
        values: one a step.
        every: how many steps lie between two values.
    """

    steps: Int[np.ndarray, "point"]
    values: Float[np.ndarray, "point"]
    every: int = 1


@dataclass(frozen=True)
class Series:
    """One `fit`, in bounded memory.

    Args:
        n_steps: updates that were made.
        loss: training loss of each step's batch.
        epochs: what Keras logged at the end of each epoch, such as "loss" and "val_loss": name -> (epoch,).
        updates: layer name -> mean magnitude of a step's change of its weights over their mean magnitude.
        first_not_finite: the first step whose loss was NaN or infinite, None if all were finite.
        done: whether the fit ended by itself.
        began: path of a kernel that was to be trained -> its standard deviation before the first step; None where the
            network had been trained before.
    """

    n_steps: int
    loss: Curve
    epochs: Mapping[str, np.ndarray] = field(default_factory=dict)
    updates: Mapping[str, Curve] = field(default_factory=dict)
    first_not_finite: int | None = None
    done: bool = False
    began: Mapping[str, float] | None = None
