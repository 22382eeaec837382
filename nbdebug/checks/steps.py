"""How far the steps of a fit can carry a weight."""

from __future__ import annotations

import math

from nbdebug.checks.check import Unfit
from nbdebug.records.case import Training

STEPPING = ("adam", "adamw", "nadam", "adamax", "rmsprop", "lion", "adafactor", "lamb")
"""Optimizers whose steps are about as large as the learning rate, whatever the gradient."""


def known(training: Training) -> tuple[float, int]:
    """Learning rate and updates of the coming fit.

    Raises:
        Unfit: one of them is not known.
    """
    if training.updates is None:
        raise Unfit("how many updates this fit will do is not known: give epochs and batch_size")
    if training.learning_rate is None:
        raise Unfit("the learning rate is not known")
    if training.scheduled:
        raise Unfit("the learning rate follows a schedule")
    return training.learning_rate, training.updates


def farthest(training: Training) -> float | None:
    """How far one weight can go in this fit where each step goes the same way; None where the gradient decides."""
    rate, updates = known(training)
    if training.optimizer in STEPPING:
        return rate * updates
    if training.optimizer == "adagrad":
        return 2 * rate * math.sqrt(updates)  # each step is the rate over the root of the steps so far
    return None


def stretch(training: Training, updates: int, steps: int) -> float:
    """What to multiply the learning rate by, so that `steps` updates go as far as `updates` would; at least 1.

    Where every step goes the same way that is their quotient; of Adagrad, whose steps shrink with the root of how many
    there have been, its root (Duchi et al. 2011).
    """
    quotient = max(1.0, updates / max(1, steps))
    return math.sqrt(quotient) if training.optimizer == "adagrad" else quotient
