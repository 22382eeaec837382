"""With how many digits a number is told that is known within an interval."""

from __future__ import annotations

from math import floor, log10

_READABLE = 5
"""With more decimals than these a number is told by its first two digits."""


def told_within(values: tuple[float, ...], low: float, high: float, most: int | None = None) -> tuple[str, ...]:
    """Numbers with the decimals that their interval leaves sure, all of them the same; never "-0.00".

    Args:
        values: to be told.
        low, high: ends of the interval, finite.
        most: decimals that the numbers can mean anything with, None where that is not known.
    """
    sure = max(0, -floor(log10(max(abs(high - low) / 3, 1e-12))))
    decimals = sure if most is None else min(sure, most)
    if decimals > _READABLE:
        return tuple(f"{value:.2g}" for value in values)
    return tuple(f"{round(value, decimals) + 0.0:.{decimals}f}" for value in values)
