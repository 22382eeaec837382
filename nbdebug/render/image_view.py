"""One image as it is, and what of it the network looked at."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import ipywidgets as w
import numpy as np
from jaxtyping import Float, Num, UInt8

from nbdebug.render.figure import number
from nbdebug.render.plain import HBox, Label, VBox
from nbdebug.render.raster import picture

MOST = 6
"""How many channels are drawn side by side, where they are no red, green and blue."""


class ImageView:
    """The picture and, beside it, how strongly each pixel moves the prediction.

    Args:
        channels: name of each channel; three are taken for red, green and blue.
    """

    def __init__(self, channels: Sequence[str]) -> None:
        self._coloured = len(channels) == 3
        self._names = ("red, green and blue",) if self._coloured else tuple(channels)[:MOST]
        self._images = [_image() for _ in self._names]
        self._captions = [Label(css="nbdebug-caption") for _ in self._names]
        self._gradient, self._gradient_caption = _image(), Label(css="nbdebug-caption")
        self._gradient_tile = VBox([self._gradient, self._gradient_caption], layout=w.Layout(display="none"))
        tiles = [VBox(list(pair)) for pair in zip(self._images, self._captions, strict=True)]
        for tile in (*tiles, self._gradient_tile):
            tile.add_class("nbdebug-image")
        self.widget = HBox([*tiles, self._gradient_tile], css="nbdebug-images")

    def show(self, values: Num[np.ndarray, "row column channel"]) -> None:
        """Draw one example; black is its smallest value and white its largest."""
        layers = [values] if self._coloured else [values[..., i : i + 1] for i in range(len(self._names))]
        for name, layer, image, caption in zip(self._names, layers, self._images, self._captions, strict=True):
            wide = layer.astype(np.float64)
            finite = wide[np.isfinite(wide)]
            low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
            image.value = _png(_bytes(wide, low, high))
            lost = wide.size - finite.size
            lost_words = f", {lost:,} not finite" if lost else ""
            caption.value = f"{name}, {number(low, 3)} to {number(high, 3)}{lost_words}"

    def overlay(self, strength: Float[np.ndarray, "row column channel"] | None, of: str) -> None:
        """Draw the gradient's magnitude, summed over channels; None takes it away."""
        self._gradient_tile.layout.display = "none" if strength is None else None
        if strength is not None:
            drawn = picture(strength.sum(axis=-1).astype(np.float64))
            self._gradient.value = drawn.png
            self._gradient_caption.value = f"|d {of} / d pixel|, 0 to {number(drawn.scale.high, 3)}"


def _bytes(
    values: Float[np.ndarray, "row column channel"], low: float, high: float
) -> UInt8[np.ndarray, "row column 3"]:
    share = (np.nan_to_num(values, nan=low, posinf=high, neginf=low) - low) / ((high - low) or 1)
    return np.repeat(np.rint(share * 255).astype(np.uint8), 3 // values.shape[-1], axis=-1)


def _png(rgb: UInt8[np.ndarray, "row column 3"]) -> bytes:
    """A PNG in red, green and blue.

    Source: Portable Network Graphics Specification (Third Edition), W3C 2025: colour type 2, filter 0.
    """
    rows, columns, _ = rgb.shape
    lines = np.zeros((rows, 1 + 3 * columns), np.uint8)
    lines[:, 1:] = rgb.reshape(rows, -1)
    header = struct.pack(">IIBBBBB", columns, rows, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines.tobytes(), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


def _image() -> w.Image:
    made = w.Image(format="png", layout=w.Layout(width="100%"))
    made.add_class("nbdebug-pixels")
    return made
