"""Where the positions of a convolution, pooling, padding, cropping or upsampling stand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras

from nbdebug.records.grid import Grid

_PADDING = keras.layers.ZeroPadding1D | keras.layers.ZeroPadding2D | keras.layers.ZeroPadding3D
_CROPPING = keras.layers.Cropping1D | keras.layers.Cropping2D | keras.layers.Cropping3D
_UPSAMPLING = keras.layers.UpSampling1D | keras.layers.UpSampling2D | keras.layers.UpSampling3D
_TRANSPOSED = keras.layers.Conv1DTranspose | keras.layers.Conv2DTranspose | keras.layers.Conv3DTranspose
_OVER_PLACES = keras.layers.ConvLSTM1D | keras.layers.ConvLSTM2D | keras.layers.ConvLSTM3D
"""Their windows slide over places alone: time is an axis before those."""


def slides(layer: Any) -> bool:
    """Whether the layer moves along its axes in a way that `slid` follows."""
    moves = isinstance(layer, _PADDING | _CROPPING | _UPSAMPLING) or hasattr(layer, "strides")
    return moves and not isinstance(layer, _OVER_PLACES | keras.Model)


def slid(layer: Any, grid: Grid, n: int, axis: int) -> Grid:
    """The grid of what a layer that slides puts out.

    A position of a window stands at its centre, padding included; one of a causal window at its last.
    What "same" pads is TensorFlow's: of max((n - 1) * stride + window - given, 0) the smaller half comes first.

    Args:
        layer: a layer that `slides`.
        grid: of what it is given.
        n: positions that it puts out.
        axis: which of the layer's own axes is time, 0 for the first.

    Source: "Notes on padding", https://www.tensorflow.org/api_docs/python/tf/nn.
    """
    first, step = _moved(layer, grid.n, n, axis)
    return replace(grid, n=n, first=grid.time_of(0) + first * grid.apart, apart=grid.apart * step)


def _moved(layer: Any, given: int, n: int, axis: int) -> tuple[float, float]:
    """Where the first position stands and how far apart they are, in positions of what is given."""
    if isinstance(layer, _PADDING):
        return -_pair(layer.padding, axis)[0], 1.0
    if isinstance(layer, _CROPPING):
        return _pair(layer.cropping, axis)[0], 1.0
    if isinstance(layer, _UPSAMPLING):
        times = _along(layer.size, axis)
        return (1 / times - 1) / 2, 1 / times
    stride, window = _along(layer.strides, axis), _window(layer, axis)
    if isinstance(layer, _TRANSPOSED):
        before = _padded(layer, given=n, n=given, stride=stride, window=window)
        return (before - (window - 1) / 2) / stride, 1 / stride
    if getattr(layer, "padding", "") == "causal":
        return 0.0, stride
    return (window - 1) / 2 - _padded(layer, given=given, n=n, stride=stride, window=window), stride


def _window(layer: Any, axis: int) -> int:
    """Positions from the first to the last that a window looks at; of a layer of another kind, its stride."""
    size = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None) or layer.strides
    return (_along(size, axis) - 1) * _along(getattr(layer, "dilation_rate", 1), axis) + 1


def _padded(layer: Any, *, given: int, n: int, stride: int, window: int) -> int:
    """Positions that "same" puts before the first; none for "valid"."""
    return max((n - 1) * stride + window - given, 0) // 2 if getattr(layer, "padding", "") == "same" else 0


def _along(sizes: Any, axis: int) -> int:
    return int(sizes) if isinstance(sizes, int) else int(sizes[min(axis, len(sizes) - 1)])


def _pair(pairs: Any, axis: int) -> tuple[int, int]:
    """What is put before and behind one axis; a layer of one axis holds the two numbers themselves."""
    before, behind = pairs if isinstance(pairs[0], int) else pairs[axis]
    return int(before), int(behind)
