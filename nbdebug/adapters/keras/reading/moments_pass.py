"""Per-unit statistics of every layer inside one compiled forward pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.reading.functions import Functions
from nbdebug.adapters.keras.reading.reductions import QUANTITIES, unit_histogram, unit_table
from nbdebug.measure.histogram_edges import N_BINS
from nbdebug.measure.moments import Bounds, Moments
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
_ACTIVATE_LAST = (
    keras.layers.Activation, keras.layers.Dense, keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D,
)  # fmt: skip


def bounds_of(layer: Any, activation: str | None) -> Bounds | None:
    """Between which values a layer's activation must lie; None where it may be any."""
    highest = getattr(layer, "max_value", None) if isinstance(layer, keras.layers.ReLU) else None
    return (None, float(highest)) if highest is not None else _BOUNDS.get(activation or "")


def is_rectified(layer: Any) -> bool:
    """Whether a layer of Keras' own puts out nothing below 0 for sure."""
    if type(layer) is keras.layers.ReLU:
        return not layer.negative_slope
    return type(layer) in _ACTIVATE_LAST and layer.activation is keras.activations.relu


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
                values = _rows(functions.valid(call.output, n), layer)
                counted = None if mask is None else _counted(values, mask)
                found[call.name] = {
                    "table": unit_table(values, counted, bounds[call.name], is_rectified(call.entry.layer)),
                    "histogram": _histogram(values, counted, sampled_every(layer)),
                }
        return found

    return functions.get(("moments", tuple(wanted)), body)


def to_moments(part: Mapping[str, Any], empty: Moments, n_examples: int) -> Moments:
    """What the compiled pass found, as an accumulator to merge."""
    table = dict(zip(QUANTITIES, np.asarray(part["table"]), strict=True))
    whole = {name: table[name].astype(np.int64) for name in _WHOLE}
    histogram = np.asarray(part["histogram"], np.int64).reshape(-1, N_BINS)
    return Moments(
        **(table | whole),
        histogram=histogram,
        every=empty.every,
        bounds=empty.bounds,
        n_examples=n_examples,
    )


_WHOLE = ("count", "zeros", "saturated", "not_finite")


def _rows(values: Any, layer: Layer) -> Any:
    """(example, position, unit), in a type wide enough to add up in."""
    unit_axis = layer.unit_axis if layer.n_units else None
    if not values.dtype.is_floating or values.dtype.size < 4:
        values = tf.cast(values, tf.float32)
    if unit_axis is None:
        values, unit_axis = values[..., None], len(values.shape)
    if unit_axis != len(values.shape) - 1:
        order = [a for a in range(len(values.shape)) if a != unit_axis]
        values = tf.transpose(values, [*order, unit_axis])
    positions = int(np.prod([n or -1 for n in values.shape[1:-1]], dtype=np.int64)) if len(values.shape) > 2 else 1
    return tf.reshape(values, [tf.shape(values)[0], max(positions, -1), values.shape[-1]])


def _histogram(values: Any, counted: Any, every: int) -> Any:
    return unit_histogram(_sampled(values, every), None if counted is None else counted[:, ::every])


def _counted(values: Any, mask: Any) -> Any:
    """(example, position, 1) True where a value counts."""
    each = tf.shape(values)[1] // tf.shape(mask)[1]
    return tf.repeat(tf.cast(mask, tf.bool), each, axis=1)[..., None]


def _sampled(values: Any, every: int) -> Any:
    """One position in `every`; a stride through the middle axis is slow, a slice of a longer row is not."""
    positions, units = values.shape[1:]
    if positions is None or positions % every:
        return values[:, ::every]
    return tf.reshape(values, [-1, positions // every, every * units])[..., :units]
