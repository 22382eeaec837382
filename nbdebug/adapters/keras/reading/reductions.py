"""Per-unit statistics of one tensor as TensorFlow operations."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import tensorflow as tf

from nbdebug.measure.histogram_edges import EDGES, N_BINS
from nbdebug.measure.moments import Bounds, saturation_margin

QUANTITIES = ("count", "zeros", "saturated", "not_finite", "mean", "m2", "minimum", "maximum")
"""What the rows of `unit_table` hold; the names are those of `Moments`."""

_BLOCK = range(64, 15, -1)
_CANCELS = 16.0
_LANES = 8
_ZERO_BIN = N_BINS // 2
_BINS_A_FACTOR_E = _ZERO_BIN / np.log(EDGES[-1] / EDGES[_ZERO_BIN + 1])


def unit_table(values: Any, counted: Any, bounds: Bounds | None, rectified: bool = False) -> Any:
    """(quantity, unit) of all values that are counted, in float64.

    Args:
        values: (example, position, unit).
        counted: (example, position, 1), None where every value counts.
        bounds: between which the values must lie, None where they may be any.
        rectified: no value is below 0.
    """
    size = _block(values.shape[1])
    quick = _quick(_blocks(values, size), None if counted is None else _blocks(counted, size), bounds, rectified)
    # One NaN spoils every sum of its unit: only then is each value looked at.
    spoilt = tf.logical_not(tf.reduce_all(tf.math.is_finite(quick)))
    return tf.cond(spoilt, lambda: _careful(values, counted, bounds), lambda: quick)


def unit_histogram(values: Any, counted: Any) -> Any:
    """(unit * bin) counts of the finite values that are counted."""
    units = values.shape[-1]
    size = units * N_BINS

    def those(kept: Any) -> Any:
        which = _bins(values) + tf.range(units) * N_BINS
        which = which if kept is None else tf.where(kept, which, size)
        return tf.math.bincount(tf.reshape(which, [-1]), minlength=size, maxlength=size)

    def finite() -> Any:
        kept = tf.math.is_finite(values)
        return those(kept if counted is None else kept & counted)

    # As in the table: to look at each value whether it is finite takes a quarter of the time.
    spoilt = tf.logical_not(tf.math.is_finite(tf.reduce_sum(values)))
    return tf.cond(spoilt, finite, lambda: those(counted))


def _bins(values: Any) -> Any:
    """The bin of each finite value.

    The edges are evenly spaced in the logarithm: a handful of vectorised operations instead of a search through the
    edges for every value, which costs five times as much.
    """
    wide = tf.cast(values, tf.float32)
    decades = tf.math.log(tf.abs(wide)) * _BINS_A_FACTOR_E
    passed = decades + (0.5 - np.log(EDGES[_ZERO_BIN + 1]) * _BINS_A_FACTOR_E)
    return tf.cast(_ZERO_BIN + 0.5 + tf.sign(wide) * tf.clip_by_value(passed, 0.0, float(_ZERO_BIN)), tf.int32)


def _block(positions: int | None) -> int | None:
    """How many positions to add up at first: so few that float32 loses no digits."""
    return next((n for n in _BLOCK if positions and positions % n == 0), None)


def _blocks(values: Any, size: int | None) -> Any:
    """(block, position, unit) with `size` positions a block; as it is where they cannot be cut evenly."""
    return values if size is None else tf.reshape(values, [-1, size, values.shape[-1]])


def _quick(values: Any, counted: Any, bounds: Bounds | None, rectified: bool) -> Any:
    """The table where all values are finite.

    Reductions that need no copy of `values`: writing one takes longer than adding it up.
    """
    n = tf.size(values[..., 0]) if counted is None else tf.math.count_nonzero(counted)
    n = tf.cast(n, tf.float64)
    mean, squares = _spread(values, counted, n)
    far = float(values.dtype.max)
    zeros = n - _number(tf.cast(values, tf.bool), counted)

    def least() -> Any:  # axis by axis: the first leaves little, and both at once take twice as long
        return tf.reduce_min(tf.reduce_min(_counted_or(far, values, counted), 1), 0)

    low = tf.cond(tf.reduce_all(zeros > 0), lambda: tf.zeros_like(values[0, 0]), least) if rectified else least()
    high = tf.reduce_max(tf.reduce_max(_counted_or(-far, values, counted), 1), 0)
    none = tf.zeros_like(zeros)
    near = none if bounds is None else _saturated(values, counted, low, high, bounds)
    return _table(n + none, zeros, near, none, mean, squares, low, high)


def _spread(values: Any, counted: Any, n: Any) -> tuple[Any, Any]:
    """Mean and sum of squared deviations; taken about the mean where taken about zero they would lose digits."""
    mean, squares = _about(None, values, counted, n)
    lossy = tf.reduce_any(n * tf.square(mean) > _CANCELS * squares)
    return tf.cond(lossy, lambda: _about(mean, values, counted, n), lambda: (mean, squares))


def _about(centre: Any, values: Any, counted: Any, n: Any) -> tuple[Any, Any]:
    if centre is not None:
        centre = tf.cast(centre, values.dtype)
        values = values - centre
    values = _counted_or(0, values, counted)
    sums = tf.cast(tf.reduce_sum(values, axis=1), tf.float64)
    norms = tf.cast(tf.math.reduce_euclidean_norm(values, axis=1), tf.float64)
    off = tf.reduce_sum(sums, axis=0) / tf.maximum(n, 1)
    squares = tf.reduce_sum(tf.square(norms), axis=0) - n * tf.square(off)
    mean = off if centre is None else off + tf.cast(centre, tf.float64)
    return mean, tf.maximum(squares, 0)


def _saturated(values: Any, counted: Any, low: Any, high: Any, bounds: Bounds) -> Any:
    """(unit) how many are near a bound; where neither extreme is, nothing between them is."""
    some = tf.reduce_any(_near(tf.stack([low, high]), bounds))
    return tf.cond(
        some, lambda: _number(_near(values, bounds), counted), lambda: tf.zeros(values.shape[-1:], tf.float64)
    )


def _number(which: Any, counted: Any) -> Any:
    """(unit) how many are True."""
    which = which if counted is None else which & counted
    positions, units = which.shape[1:]
    rows = _LANES // math.gcd(units, _LANES)
    if positions is None or positions > _BLOCK[0] or positions % rows:
        return tf.reduce_sum(tf.cast(tf.reduce_sum(tf.cast(which, tf.float32), axis=1), tf.float64), axis=0)
    # Eight counters of a byte side by side in an integer are added at once; so few positions never fill a byte.
    lanes = tf.reshape(tf.cast(which, tf.uint8), [-1, positions // rows, rows * units // _LANES, _LANES])
    counts = tf.bitcast(tf.reduce_sum(tf.bitcast(lanes, tf.int64), axis=1), tf.uint8)
    return tf.cast(tf.reduce_sum(tf.reshape(tf.cast(counts, tf.int64), [-1, units]), axis=0), tf.float64)


def _counted_or(other: float, values: Any, counted: Any) -> Any:
    return values if counted is None else tf.where(counted, values, tf.constant(other, values.dtype))


def _careful(values: Any, counted: Any, bounds: Bounds | None) -> Any:
    """The same with NaN and Inf left out, in float64."""
    counted = tf.ones_like(values[..., :1], tf.bool) if counted is None else counted
    finite = tf.math.is_finite(values) & counted
    wide = tf.where(finite, tf.cast(values, tf.float64), 0.0)
    n = _number(finite, None)
    mean = tf.reduce_sum(wide, axis=(0, 1)) / tf.maximum(n, 1)
    squares = tf.reduce_sum(tf.where(finite, tf.square(wide - mean), 0.0), axis=(0, 1))
    count = tf.zeros_like(n) + tf.cast(tf.math.count_nonzero(counted), tf.float64)
    zeros = _number(tf.equal(wide, 0), finite)
    near = tf.zeros_like(n) if bounds is None else _number(_near(wide, bounds), finite)
    far = tf.constant(np.inf, tf.float64)
    low = tf.reduce_min(tf.where(finite, wide, far), (0, 1))
    high = tf.reduce_max(tf.where(finite, wide, -far), (0, 1))
    return _table(count, zeros, near, count - n, mean, squares, low, high)


def _table(*rows: Any) -> Any:
    """The rows of `QUANTITIES`."""
    return tf.stack([tf.cast(row, tf.float64) for row in rows])


def _near(values: Any, bounds: Bounds) -> Any:
    low, high = bounds
    margin = saturation_margin(bounds)
    sides = [] if low is None else [values < low + margin]
    sides += [] if high is None else [values > high - margin]
    return sides[0] if len(sides) == 1 else tf.logical_or(*sides)
