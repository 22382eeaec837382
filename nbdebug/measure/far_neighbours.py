"""How alike numbers are that lie a given distance apart in memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

_MOST = 2**18


class FarNeighbours(NamedTuple):
    """Correlations of numbers in the order in which they lie in memory.

    Args:
        distance: at which numbers beyond two examples are most alike.
        far: correlation there.
        farther: correlation at three times that distance, NaN where the array is too short to tell.
        near: largest correlation, by magnitude, of numbers up to two examples apart.
        times: how often the distance fits into the whole array.
    """

    distance: int
    far: float
    farther: float
    near: float
    times: float


def far_neighbours(values: Float[np.ndarray, "example *place"]) -> FarNeighbours | None:
    """Autocorrelation along memory, of places standardised over examples; None for fewer than eight examples.

    Wiener-Khinchin: the autocorrelation is the inverse Fourier transform of the power. What is the same at each place
    of every example, such as scales of columns, is taken away first.
    """
    n, size = len(values), values[0].size
    taken = max(8, min(n, _MOST // max(1, size)))
    if n < 8 or size < 2:
        return None
    rows = values[:taken].reshape(taken, size).astype(np.float64)
    spread = rows.std(axis=0)
    flat = ((rows - rows.mean(axis=0)) / np.where(spread > 0, spread, 1)).ravel()
    most = len(flat) // 4
    if most <= 2 * size:
        return None
    length = 2 ** int(np.ceil(np.log2(2 * len(flat))))
    power = np.abs(np.fft.rfft(flat, length)) ** 2
    summed = np.fft.irfft(power, length)[: most + 1]
    counts = len(flat) - np.arange(most + 1)
    alike = summed / counts / max(summed[0] / len(flat), 1e-300)
    distance = 2 * size + 1 + int(alike[2 * size + 1 :].argmax())
    near = float(np.abs(alike[1 : 2 * size + 1]).max())
    farther = float(alike[3 * distance]) if 3 * distance <= most else float("nan")
    return FarNeighbours(distance, float(alike[distance]), farther, near, n * size / distance)
