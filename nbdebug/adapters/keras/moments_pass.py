"""Per-unit statistics of every layer inside one compiled forward pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.functions import Functions
from nbdebug.measure.histogram_edges import EDGES, N_BINS
from nbdebug.measure.moments import Bounds, Moments, saturation_margin
from nbdebug.records.layer import Layer

_EVERY = 16
_FEW = 64
_BOUNDS: dict[str, Bounds] = {
    "sigmoid": (0.0, 1.0),
    "hard_sigmoid": (0.0, 1.0),
    "softmax": (0.0, 1.0),
    "sparsemax": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "hard_tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
    # The lower bound of these is zero, which `zero_share` counts.
    "relu6": (None, 6.0),
}


def bounds_of(layer: Any, activation: str | None) -> Bounds | None:
    """Between which values a layer's activation must lie; None where it may be any."""
    highest = getattr(layer, "max_value", None) if isinstance(layer, keras.layers.ReLU) else None
    return (None, float(highest)) if highest is not None else _BOUNDS.get(activation or "")


def sampled_every(layer: Layer) -> int:
    """One position in how many goes into the histogram."""
    shape = [n or 1 for axis, n in enumerate(layer.output_shape or ()) if axis not in (0, layer.unit_axis)]
    return _EVERY if np.prod(shape, dtype=np.int64) >= _FEW else 1


def empty_moments(layer: Layer, bounds: Bounds | None) -> Moments:
    """An accumulator for one layer; a layer without a unit axis is one unit."""
    return Moments.empty(layer.n_units or 1, sampled_every(layer), bounds)


def moments_function(
    functions: Functions, layers: Sequence[Layer], bounds: Mapping[str, Bounds | None]
) -> Callable[..., Any]:
    """Compiled `function(tensors, n)`: the moments of one batch, by layer."""
    wanted = {layer.name: layer for layer in layers}

    def body(tensors: Mapping[str, Any], n: Any) -> dict[str, dict[str, Any]]:
        recorder, _ = functions.forward(tensors)
        found = {}
        for call in recorder.calls:
            layer = wanted.get(call.name)
            if layer is not None:
                mask = None if call.mask is None else functions.valid(call.mask, n)
                values = _rows(functions.valid(call.output, n), layer.unit_axis)
                found[call.name] = _moments(values, mask, bounds[call.name], sampled_every(layer))
        return found

    return functions.get(("moments", tuple(wanted)), body)


def to_moments(part: Mapping[str, Any], empty: Moments, n_examples: int) -> Moments:
    """What the compiled pass found, as an accumulator to merge."""
    arrays = {name: np.asarray(tensor) for name, tensor in part.items()}
    table = arrays["table"]
    whole = {name: table[i].astype(np.int64) for i, name in enumerate(_WHOLE)}
    real = {name: table[len(_WHOLE) + i] for i, name in enumerate(_REAL)}
    return Moments(
        **whole,
        **real,
        histogram=arrays["histogram"].astype(np.int64).reshape(-1, N_BINS),
        every=empty.every,
        bounds=empty.bounds,
        n_examples=n_examples,
    )


_WHOLE = ("count", "zeros", "saturated", "not_finite")
_REAL = ("mean", "m2", "minimum", "maximum")


def _rows(values: Any, unit_axis: int | None) -> Any:
    """(example, position, unit), in a type wide enough to add up in."""
    if not values.dtype.is_floating or values.dtype.size < 4:
        values = tf.cast(values, tf.float32)
    if unit_axis is None:
        values, unit_axis = values[..., None], len(values.shape)
    if unit_axis != len(values.shape) - 1:
        order = [a for a in range(len(values.shape)) if a != unit_axis]
        values = tf.transpose(values, [*order, unit_axis])
    positions = int(np.prod([n or -1 for n in values.shape[1:-1]], dtype=np.int64)) if len(values.shape) > 2 else 1
    return tf.reshape(values, [tf.shape(values)[0], max(positions, -1), values.shape[-1]])


def _moments(values: Any, mask: Any, bounds: Bounds | None, every: int) -> dict[str, Any]:
    counted = _weights(values, mask)
    quick = _quick(values, mask, counted, bounds)
    # One NaN spoils every sum of its unit: only then is each value looked at.
    table = tf.cond(
        tf.reduce_all(tf.math.is_finite(quick)), lambda: quick, lambda: _careful(values, counted, bounds)
    )
    return {"table": table, "histogram": _histogram(values[:, ::every], counted[:, ::every])}


def _weights(values: Any, mask: Any) -> Any:
    """(example, position) True where a value counts."""
    shape = tf.shape(values)
    if mask is None:
        return tf.ones(shape[:2], tf.bool)
    times = tf.shape(mask)[1]
    return tf.repeat(tf.cast(mask, tf.bool), shape[1] // times, axis=1)


def _quick(values: Any, mask: Any, counted: Any, bounds: Bounds | None) -> Any:
    """(quantity, unit) for finite values.

    Adding up over positions is a product with a row of ones, which is many times faster here than a reduction.
    """
    weights = tf.cast(counted, values.dtype)[:, None]
    n = tf.reduce_sum(weights, axis=2, keepdims=True)
    some = tf.maximum(n, 1)
    centre = weights @ values / some
    apart = values - centre
    off = weights @ apart / some
    squares = weights @ tf.square(apart)
    far = tf.constant(values.dtype.max, values.dtype)
    low = values if mask is None else tf.where(counted[..., None], values, far)
    high = values if mask is None else tf.where(counted[..., None], values, -far)
    count = tf.ones_like(centre) * n
    merged = _merge(
        count[:, 0],
        tf.cast(centre + off, tf.float64)[:, 0],
        tf.cast(squares, tf.float64)[:, 0] - tf.cast(n * tf.square(off), tf.float64)[:, 0],
    )
    zeros = weights @ tf.cast(tf.equal(values, 0), values.dtype)
    near = _near(values, bounds)
    saturated = tf.zeros_like(zeros) if near is None else weights @ tf.cast(near, values.dtype)
    return _table(
        count[:, 0], zeros[:, 0], saturated[:, 0], tf.zeros_like(count[:, 0]), merged, tf.reduce_min(low, (0, 1)),
        tf.reduce_max(high, (0, 1)),
    )  # fmt: skip


def _careful(values: Any, counted: Any, bounds: Bounds | None) -> Any:
    """The same with NaN and Inf left out, in float64."""
    finite = tf.math.is_finite(values) & counted[..., None]
    wide = tf.where(finite, tf.cast(values, tf.float64), 0.0)
    kept = tf.cast(finite, tf.float64)
    n = tf.reduce_sum(kept, axis=1)
    mean = tf.reduce_sum(wide, axis=1) / tf.maximum(n, 1)
    squares = tf.reduce_sum(kept * tf.square(wide - mean[:, None]), axis=1)
    count = tf.ones_like(n) * tf.reduce_sum(tf.cast(counted, tf.float64), axis=1, keepdims=True)
    zeros = tf.reduce_sum(kept * tf.cast(tf.equal(wide, 0), tf.float64), axis=1)
    near = _near(wide, bounds)
    saturated = tf.zeros_like(n) if near is None else tf.reduce_sum(kept * tf.cast(near, tf.float64), axis=1)
    far = tf.constant(np.inf, tf.float64)
    low = tf.reduce_min(tf.where(finite, wide, far), (0, 1))
    high = tf.reduce_max(tf.where(finite, wide, -far), (0, 1))
    return _table(count, zeros, saturated, count - n, _merge(n, mean, squares), low, high)


def _merge(n: Any, mean: Any, squares: Any) -> tuple[Any, Any]:
    """Mean and sum of squared deviations over all examples from those of each (Chan et al. 1979)."""
    n = tf.cast(n, tf.float64)
    total = tf.reduce_sum(n, axis=0)
    whole = tf.reduce_sum(n * mean, axis=0) / tf.maximum(total, 1)
    return whole, tf.reduce_sum(squares + n * tf.square(mean - whole), axis=0)


def _table(count: Any, zeros: Any, saturated: Any, not_finite: Any, merged: Any, low: Any, high: Any) -> Any:
    added = [tf.reduce_sum(tf.cast(t, tf.float64), axis=0) for t in (count, zeros, saturated, not_finite)]
    return tf.stack([*added, *merged, tf.cast(low, tf.float64), tf.cast(high, tf.float64)])


def _near(values: Any, bounds: Bounds | None) -> Any | None:
    if bounds is None:
        return None
    low, high = bounds
    margin = saturation_margin(bounds)
    sides = [] if low is None else [values < low + margin]
    sides += [] if high is None else [values > high - margin]
    return sides[0] if len(sides) == 1 else tf.logical_or(*sides)


def _histogram(values: Any, counted: Any) -> Any:
    """(unit * bin) counts."""
    units = values.shape[-1]
    wide = values if values.dtype.size == 4 else tf.cast(values, tf.float32)
    bins = tf.raw_ops.Bucketize(input=wide, boundaries=EDGES.astype(np.float32).tolist()) - 1
    bins = tf.clip_by_value(bins, 0, N_BINS - 1) + tf.range(units) * N_BINS
    kept = tf.where(tf.math.is_finite(values) & counted[..., None], bins, -1)
    return tf.math.unsorted_segment_sum(tf.ones_like(kept), kept, units * N_BINS)
