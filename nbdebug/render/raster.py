"""Large arrays as small pictures: pooled to pixels, one byte a pixel, PNG."""

import struct
import zlib
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Real, UInt8

from nbdebug.measure.pooling import pool
from nbdebug.render.colours import EMPTY, LEVELS, MASKED, NOT_FINITE, palette

COLUMNS, ROWS = 600, 300
"""How many pixels a picture has at most; more than a sidebar shows."""


@dataclass(frozen=True)
class ColourScale:
    """Which numbers the first and the last colour stand for.

    Args:
        low, high: -high and high on a diverging scale.
        diverging: centred on 0, for signed values; else from the smallest magnitude, 0, to the largest.
    """

    low: float
    high: float
    diverging: bool

    def codes(self, values: Float[np.ndarray, "row column"]) -> UInt8[np.ndarray, "row column"]:
        """The colour of each value, as a place in the palette."""
        width = self.high - self.low
        share = (np.where(np.isfinite(values), values, 0) - self.low) / (width if width > 0 else 1)
        codes = np.rint(np.clip(share, 0, 1) * (LEVELS - 1)).astype(np.uint8)
        codes[~np.isfinite(values)] = NOT_FINITE
        return codes


def colour_scale(values: Real[np.ndarray, "*axes"]) -> ColourScale:
    """The scale that shows all finite `values`: diverging where some are negative, sequential where none is."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    if low < 0:
        reach = max(-low, high)
        return ColourScale(-reach, reach, True)
    return ColourScale(0.0, high, False)


@dataclass(frozen=True)
class Picture:
    """An array as a picture.

    Args:
        png: the picture itself.
        scale: which numbers its colours stand for.
        not_finite: how many of the values are NaN or infinite.
        pooled: True where a pixel stands for several values, of which it shows the one of largest magnitude.
    """

    png: bytes
    scale: ColourScale
    not_finite: int
    pooled: bool


def picture(
    values: Real[np.ndarray, "row column"],
    *,
    masked: Bool[np.ndarray, "row column"] | None = None,
    gaps: Bool[np.ndarray, "row column"] | None = None,
    scale: ColourScale | None = None,
    rows: int = ROWS,
    columns: int = COLUMNS,
) -> Picture:
    """`values` in colours, its first row on top, pooled by largest magnitude to at most `rows` x `columns` pixels.

    A pixel is drawn as not finite where any value behind it is, as masked where all of them are, and not at all where
    all of them are gaps.
    """
    wide = np.asarray(values, dtype=np.float32)
    seen = np.ones(wide.shape, bool) if masked is None else ~masked
    not_finite = int((~np.isfinite(wide) & seen).sum())
    scale = scale or colour_scale(wide[seen])
    wide = np.where(seen, np.where(np.isfinite(wide), wide, np.nan), 0) if masked is not None or not_finite else wide
    codes = scale.codes(pool(wide, rows, columns))
    if masked is not None:
        codes[pool(seen.astype(np.float32), rows, columns) == 0] = MASKED
    if gaps is not None:
        codes[pool((~gaps).astype(np.float32), rows, columns) == 0] = EMPTY
    return Picture(png(codes, palette(scale.diverging)), scale, not_finite, codes.shape != wide.shape)


def png(codes: UInt8[np.ndarray, "row column"], colours: UInt8[np.ndarray, "colour 4"]) -> bytes:
    """A PNG with a palette.

    Source: Portable Network Graphics Specification (Third Edition), W3C 2025: colour type 3, filter 0.
    """
    rows, columns = codes.shape
    lines = np.zeros((rows, columns + 1), np.uint8)
    lines[:, 1:] = codes
    header = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", header),
        (b"PLTE", colours[:, :3].tobytes()),
        (b"tRNS", colours[:, 3].tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 6)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
