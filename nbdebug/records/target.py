"""What is differentiated, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float


@dataclass(frozen=True)
class Target:
    """One number of a network, or one number at several times.

    Args:
        layer: name of the layer whose unit is meant; None for a head.
        head: name of the head; None for a layer.
        column: index along the unit axis; None for the sum over all of them.
        positions: along the time axis of the layer or head, one anchor each; None for the mean over all positions.
            Axes that are neither time nor units (rows and columns of an image) are always averaged over.
    """

    layer: str | None = None
    head: str | None = None
    column: int | None = None
    positions: tuple[int, ...] | None = None


@dataclass(frozen=True)
class GradientPart:
    """Gradients of a target with respect to one input, added up over examples.

    Args:
        absolute_sum: sum over examples of the absolute gradient of each: (anchor, *input axes), without the anchor
            axis where the target has no positions; (time, embedding channel) for an input of tokens.
        signed_sum: the same, signed.
        underflow: same shape, True where the gradient is not zero but too small for the model's own number type.
        masked: (time,) True where every example is padding; None where the input has no mask.
        n: how many examples were added up.
        of_logit: True where a head was differentiated before its sigmoid or softmax.
        note: what else there is to know, such as the axes averaged over; "" where there is nothing.
    """

    absolute_sum: Float[np.ndarray, "*axes"]
    signed_sum: Float[np.ndarray, "*axes"]
    underflow: Bool[np.ndarray, "*axes"]
    masked: Bool[np.ndarray, " time"] | None
    n: int
    of_logit: bool
    note: str = ""
