"""Activations in a quarter of the bytes, for scrubbing in the browser."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, UInt8

_LEVELS = 254
NOT_FINITE = 255
"""The code of NaN and Inf."""


@dataclass(frozen=True)
class Quantised:
    """Values as bytes, with a scale and an offset a unit: value = offset + scale * code.

    Args:
        codes: 0 to 254; 255 for NaN and Inf.
        scale: of each unit.
        offset: of each unit; its smallest finite value.
    """

    codes: UInt8[np.ndarray, "time unit"]
    scale: Float[np.ndarray, "unit"]
    offset: Float[np.ndarray, "unit"]

    @property
    def error(self) -> Float[np.ndarray, "unit"]:
        """By how much a value of each unit may be off: half a level (and what float32 rounds away)."""
        rounded = np.spacing(np.abs(self.offset) + self.scale * _LEVELS) * 4 + np.spacing(self.scale) * _LEVELS
        return self.scale * 0.5 + rounded

    def values(self) -> Float[np.ndarray, "time unit"]:
        """The approximate values; NaN where the value was not finite."""
        found = self.offset + self.scale * self.codes.astype(np.float32)
        return np.where(self.codes == NOT_FINITE, np.float32(np.nan), found)


def quantise(values: Float[np.ndarray, "time unit"]) -> Quantised:
    """Each value as one byte, exact to half a 254th of its unit's range."""
    finite = np.isfinite(values)
    low = np.where(finite, values, np.inf).min(axis=0, initial=np.inf).astype(np.float64)
    high = np.where(finite, values, -np.inf).max(axis=0, initial=-np.inf).astype(np.float64)
    low, high = np.where(np.isfinite(low), low, 0), np.where(np.isfinite(high), high, 0)
    limit = float(np.finfo(np.float32).max)
    scale = np.clip(((high - low) / _LEVELS), 0, limit).astype(np.float32)
    offset = np.clip(low, -limit, limit).astype(np.float32)
    steps = (np.where(finite, values, 0) - offset.astype(np.float64)) / np.where(scale > 0, scale, 1).astype(np.float64)
    codes = np.clip(np.rint(steps), 0, _LEVELS).astype(np.uint8)
    codes[~finite] = NOT_FINITE
    return Quantised(codes, scale, offset)
