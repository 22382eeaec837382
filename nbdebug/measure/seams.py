"""Whether numbers were put into the wrong axes by a reshape: told by where neighbours are unlike."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float


class Seams(NamedTuple):
    """Mean squared differences of numbers that lie next to each other in memory.

    Args:
        at_ends: where a stretch as long as the second last axis ends.
        at_channels: where the last axis ends, and no such stretch does.
        inside: everywhere else.
        along: of numbers that the axes call neighbours along the second last one.
        certain: standard errors, over examples, by which `at_ends` exceeds `at_channels`.
    """

    at_ends: float
    at_channels: float
    inside: float
    along: float
    certain: float


def seams(values: Float[np.ndarray, "example *place time channel"]) -> Seams | None:
    """Differences along the order in memory, None where one of the kinds of places does not occur.

    Of (example, channel, time) that was reshaped to (example, time, channel), each stretch of as many numbers as there
    are times is still one channel: smooth inside, with a seam where the next channel begins, and with nothing where
    the channels are said to end.
    """
    n, times, channels = len(values), values.shape[-2], values.shape[-1]
    flat = values.reshape(n, -1).astype(np.float64)
    steps = np.diff(flat, axis=1) ** 2
    at = np.arange(1, flat.shape[1])
    ends = at % times == 0
    borders = (at % channels == 0) & ~ends
    inside = ~ends & ~borders
    if not (ends.any() and borders.any() and inside.any()) or n < 2:
        return None
    along = ((flat[:, channels:] - flat[:, :-channels]) ** 2).mean()
    excess = steps[:, ends].mean(axis=1) - steps[:, borders].mean(axis=1)
    error = float(excess.std(ddof=1)) / np.sqrt(n)
    certain = float(excess.mean()) / error if error > 0 else 0.0
    at_ends, at_channels, within = (float(steps[:, where].mean()) for where in (ends, borders, inside))
    return Seams(at_ends, at_channels, within, float(along), certain)
