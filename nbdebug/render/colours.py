"""Colours of numbers: even to the eye, and told apart by the colour-blind."""

from functools import cache

import numpy as np
from jaxtyping import Float, UInt8

LEVELS = 253
"""How many codes of a palette stand for numbers; an odd count, so that one of them is zero on a diverging scale."""
MASKED = 253
NOT_FINITE = 254
EMPTY = 255

MASKED_COLOUR = "#b4b4b4"
NOT_FINITE_COLOUR = "#ff00d4"

# viridis by Smith and van der Walt (2015), every 32nd colour
_SEQUENTIAL = ("#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725")
# RdBu of ColorBrewer (Brewer and Harrower 2003), turned round: blue is negative, red is positive
_DIVERGING = (
    "#053061", "#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#f7f7f7",
    "#fddbc7", "#f4a582", "#d6604d", "#b2182b", "#67001f",
)  # fmt: skip

# CIE 1976 L*a*b* of sRGB under the white D65 (IEC 61966-2-1)
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _TO_XYZ.sum(axis=1)
_KINK = 6 / 29


@cache
def palette(diverging: bool) -> UInt8[np.ndarray, "colour 4"]:
    """256 colours as red, green, blue and opacity: numbers from low to high, then masked, not finite and empty."""
    points = np.array([_rgb(colour) for colour in (_DIVERGING if diverging else _SEQUENTIAL)])
    made = np.full((256, 4), 255, np.uint8)
    made[:LEVELS, :3] = _interpolated(points, LEVELS)
    made[MASKED, :3] = _rgb(MASKED_COLOUR)
    made[NOT_FINITE, :3] = _rgb(NOT_FINITE_COLOUR)
    made[EMPTY] = 0
    made.setflags(write=False)
    return made


def to_lab(rgb: UInt8[np.ndarray, "colour 3"]) -> Float[np.ndarray, "colour 3"]:
    """sRGB colours (0 to 255) as L*, a* and b*."""
    share = rgb / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    ratio = linear @ _TO_XYZ.T / _WHITE
    bent = np.where(ratio > _KINK**3, np.cbrt(ratio), ratio / (3 * _KINK**2) + 4 / 29)
    x, y, z = bent.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def from_lab(lab: Float[np.ndarray, "colour 3"]) -> UInt8[np.ndarray, "colour 3"]:
    """L*, a* and b* as sRGB colours (0 to 255)."""
    y = (lab[:, 0] + 16) / 116
    bent = np.stack([y + lab[:, 1] / 500, y, y - lab[:, 2] / 200], axis=-1)
    ratio = np.where(bent > _KINK, bent**3, 3 * _KINK**2 * (bent - 4 / 29))
    linear = np.clip(ratio * _WHITE @ np.linalg.inv(_TO_XYZ).T, 0, 1)
    share = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.rint(share * 255).astype(np.uint8)


def _interpolated(points: UInt8[np.ndarray, "point 3"], n: int) -> UInt8[np.ndarray, "colour 3"]:
    lab = to_lab(points)
    at = np.linspace(0, len(points) - 1, n)
    return from_lab(np.stack([np.interp(at, np.arange(len(points)), lab[:, i]) for i in range(3)], axis=-1))


def _rgb(colour: str) -> UInt8[np.ndarray, "3"]:
    return np.frombuffer(bytes.fromhex(colour[1:]), np.uint8)
