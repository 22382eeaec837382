"""What has to be known of all losses before slices of them are summed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Num

from nbdebug.errors import NbdebugError


@dataclass
class Losses:
    """An accumulator over the losses that count.

    Args:
        n, total, least, largest: count, sum and bounds of the losses.
        left_out: examples whose loss is not finite.
        binary: whether all are 0 or 1.
        weighted: whether some weight is not 1.
    """

    n: int = 0
    total: float = 0.0
    least: float = np.inf
    largest: float = -np.inf
    left_out: int = 0
    binary: bool = True
    weighted: bool = False

    def update(self, loss: Float[np.ndarray, "example"], weights: Float[np.ndarray, "example"] | None) -> None:
        """Take in some losses, not finite ones too."""
        kept = counted(loss, weights)
        x = loss if kept.all() else loss[kept]
        self.left_out += int((~np.isfinite(loss)).sum())
        self.n += len(x)
        self.total += float(x.sum())
        self.least, self.largest = float(x.min(initial=self.least)), float(x.max(initial=self.largest))
        self.binary &= bool(((x == 0) | (x == 1)).all())
        self.weighted |= weights is not None

    def merge(self, other: Losses) -> Losses:
        """Take in what another accumulator has seen."""
        self.n, self.total, self.left_out = self.n + other.n, self.total + other.total, self.left_out + other.left_out
        self.least, self.largest = min(self.least, other.least), max(self.largest, other.largest)
        self.binary, self.weighted = self.binary & other.binary, self.weighted | other.weighted
        return self

    @property
    def shift(self) -> float:
        """What is taken from each loss before it is squared; the mean, with few bits so that parts agree on it."""
        return float(np.float32(self.total / self.n)) if self.n else 0.0


def counted(
    loss: Float[np.ndarray, "example"], weights: Float[np.ndarray, "example"] | None
) -> Bool[np.ndarray, "example"]:
    """Which examples count: those with a finite loss, and a weight above 0."""
    kept = np.isfinite(loss)
    return kept if weights is None else kept & (weights > 0)


def checked(
    loss: Num[np.ndarray, "*axes"], weights: Num[np.ndarray, "*other_axes"] | None, n_examples: int
) -> tuple[Float[np.ndarray, "example"], Float[np.ndarray, "example"] | None]:
    """Loss and weights as floats.

    Raises:
        NbdebugError: not one number an example, or a weight that is negative or not finite.
    """
    for name, values in (("loss", loss), ("weights", weights)):
        if values is not None and values.shape != (n_examples,):
            raise NbdebugError(
                f"{name} is not one number an example.",
                got=f"shape {values.shape} for {n_examples:,} examples",
                fix="(example,)",
            )
    if weights is not None and not (np.isfinite(weights) & (weights >= 0)).all():
        raise NbdebugError("Weights cannot be used.", got="some are negative or not finite", fix="weights of 0 or more")
    return loss.astype(np.float64, copy=False), None if weights is None else weights.astype(np.float64)
