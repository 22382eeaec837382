"""How one number of a model depends on every value of its inputs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.reading.aim import Aim
from nbdebug.adapters.keras.reading.describe import embeddings_of, input_mask
from nbdebug.adapters.keras.reading.functions import Functions
from nbdebug.adapters.keras.reading.logits import logit_of
from nbdebug.adapters.keras.reading.taps import Call, Recorder
from nbdebug.errors import NbdebugError
from nbdebug.records.target import GradientPart, Target

log = logging.getLogger(__name__)

_TOGETHER = 32
"""Examples times positions whose ways back are vectorised into one: what more of them pass on would not stay in the
processor's cache, and takes longer than one lot after another."""

SCALES = {"float16": 2.0**10, "bfloat16": 2.0**64, "float32": 2.0**64, "float64": 2.0**512}
"""A power of two by which the upstream gradient is scaled: backpropagation is linear, so that nothing is lost but what
would have underflowed comes back. Loss scaling for the same reason: Micikevicius et al. 2018, "Mixed precision
training", section 3.2."""
_TINY = {"float16": 2.0**-14, "bfloat16": 2.0**-126, "float32": 2.0**-126, "float64": 2.0**-1022}
"""Smallest normal numbers; what is below loses digits or is flushed to zero."""


def gradient_function(functions: Functions, aim: Aim) -> Callable[..., Any]:
    """Compiled sums over the examples of a batch: `function(tensors, n, column, positions, scale)`.

    Several positions share the forward pass; their backward passes are vectorised into one. The scale is an argument
    so that one trace serves with it and without.
    """

    def body(tensors: Mapping[str, Any], n: Any, column: Any, positions: Any, scale: Any) -> dict[str, dict[str, Any]]:
        ways: dict[str, list[list[Any]]] = {}
        # A persistent tape keeps more of the forward pass than one backward pass needs.
        with tf.GradientTape(persistent=len(aim.target.positions or ()) > 1, watch_accessed_variables=False) as tape:
            tape.watch([t for t in tensors.values() if t.dtype.is_floating])
            recorder, heads = functions.forward(
                tensors, on_call=lambda call: _watch_embedding(tape, call), linear=aim.linear or (), taped=True
            )
            y = functions.valid(_aimed(aim.target, recorder, heads), n)
        if not y.dtype.is_floating:
            raise NbdebugError("Whole numbers have no gradient.", got=y.dtype.name, fix="choose another layer")
        for name, tensor in tensors.items():
            looked_up = [c.output for c in embeddings_of(tensor, recorder)]
            ways[name] = [way for way in ([tensor] if tensor.dtype.is_floating else [], looked_up) if way]
        backward = _Backward(aim, functions, tape, y, ways, scale, n)
        found = backward.all(column, positions)
        for name, part in found.items():
            mask = input_mask(tensors[name], recorder)
            if mask is not None:
                part["masked"] = tf.reduce_all(~functions.valid(mask, n), axis=0)
        return found

    n_positions = max(1, len(aim.target.positions or ()))
    extra = (tf.TensorSpec((), tf.int32), tf.TensorSpec((n_positions,), tf.int32), tf.TensorSpec((), tf.float64))
    return functions.get(("gradient", aim.kind), body, *extra)


@dataclass
class GradientSums:
    """Adds up what a gradient function finds batch by batch."""

    compute: str
    parts: dict[str, dict[str, np.ndarray]] = field(default_factory=dict)
    n: int = 0

    def update(self, found: Mapping[str, Mapping[str, Any]], n: int) -> None:
        """Take in the sums of one batch of `n` examples."""
        self.n += n
        for name, part in found.items():
            arrays = {what: np.asarray(tensor) for what, tensor in part.items()}
            before = self.parts.get(name)
            self.parts[name] = arrays if before is None else {w: _MERGE[w](before[w], a) for w, a in arrays.items()}

    def finish(self, of_logit: bool, note: str) -> dict[str, GradientPart]:
        """The sums as records."""
        tiny = _TINY.get(self.compute, 0.0)
        return {
            name: GradientPart(
                absolute_sum=part["absolute"],
                signed_sum=part["signed"],
                underflow=(part["largest"] > 0) & (part["largest"] < tiny),
                masked=part.get("masked"),
                n=self.n,
                of_logit=of_logit,
                note=note,
            )
            for name, part in self.parts.items()
        }


_MERGE: dict[str, Callable[..., Any]] = {
    "absolute": np.add,
    "signed": np.add,
    "largest": np.maximum,
    "masked": np.logical_and,
}


def is_finite(found: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether no gradient overflowed."""
    return all(bool(np.isfinite(part["largest"]).all()) for part in found.values())


def narrowest(model: Any, layers: Sequence[Any]) -> str:
    """The narrowest number type that any layer computes in."""
    used = {str(layer.compute_dtype) for layer in [model, *layers]}
    return next((dtype for dtype in SCALES if dtype in used), "float32")


@dataclass
class _Backward:
    """One traced backward pass, or several vectorised into one.

    Args:
        ways: what to differentiate by, by input: the input itself, or what embeddings make of it. Tokens are often fed
            as floats, which is Keras' default, and no gradient goes through the look-up.
    """

    aim: Aim
    functions: Functions
    tape: Any
    y: Any
    ways: Mapping[str, Sequence[Sequence[Any]]]
    scale: Any
    n: Any

    def all(self, column: Any, positions: Any) -> dict[str, dict[str, Any]]:
        several = self.aim.target.positions is not None and len(self.aim.target.positions) > 1
        if not several:
            found = self.one(column, positions[0])
            given = self.aim.target.positions is not None
            return {k: {p: t[None] if given else t for p, t in part.items()} for k, part in found.items()}

        def one(position: Any) -> Any:
            return self.one(column, position)

        if tf.executing_eagerly():
            parts = [one(p) for p in positions]
            return tf.nest.map_structure(lambda *t: tf.stack(t), *parts)
        try:
            return self._in_lots(one, positions)
        except (ValueError, NotImplementedError) as error:
            log.info("the backward pass cannot be vectorised, anchors are computed one by one: %s", error)
            parts = [one(p) for p in tf.unstack(positions)]
            return tf.nest.map_structure(lambda *t: tf.stack(t), *parts)

    def _in_lots(self, one: Callable[[Any], Any], positions: Any) -> Any:
        lot = tf.clip_by_value(_TOGETHER // tf.shape(self.y)[0], 1, positions.shape[0])
        n_lots = -(-positions.shape[0] // lot)

        def gathered(like: Any) -> Any:  # the last lot may be a small one
            shape = (None, *like.shape)
            return tf.TensorArray(like.dtype, size=n_lots, element_shape=shape, infer_shape=False)

        def body(at: Any, lots: Any) -> Any:
            found = tf.vectorized_map(one, positions[at * lot : (at + 1) * lot], fallback_to_while_loop=False)
            return at + 1, tf.nest.map_structure(lambda kept, part: kept.write(at, part), lots, found)

        like = one(positions[0])  # only for its shapes: what nobody asks for is not computed
        first = 0, tf.nest.map_structure(gathered, like)
        _, lots = tf.while_loop(lambda at, _: at < n_lots, body, first, parallel_iterations=1)
        return tf.nest.map_structure(lambda kept: kept.concat(), lots)

    def one(self, column: Any, position: Any) -> dict[str, dict[str, Any]]:
        seed = _seed(self.y, self.aim, column, position, self.scale)
        flat = [tensor for ways in self.ways.values() for way in ways for tensor in way]
        gradients = iter(self.tape.gradient(self.y, flat, output_gradients=seed))
        found = {}
        for name, ways in self.ways.items():
            wholes = [_whole(way, [next(gradients) for _ in way]) for way in ways]
            whole = next((whole for whole in wholes if whole is not None), None)
            if whole is not None:
                found[name] = self.summed(self.functions.valid(whole, self.n))
        return found

    def summed(self, gradient: Any) -> dict[str, Any]:
        """Sums over examples in float64, and the largest magnitude of any example."""
        values = tf.cast(gradient, tf.float64) / self.scale
        magnitude = tf.abs(values)
        return {
            "absolute": tf.reduce_sum(magnitude, axis=0),
            "signed": tf.reduce_sum(values, axis=0),
            "largest": tf.reduce_max(magnitude, axis=0),
        }


def _whole(tensors: Sequence[Any], gradients: Sequence[Any]) -> Any | None:
    """Side by side, with zeros for what has no gradient; None where none has."""
    if all(gradient is None for gradient in gradients):
        return None
    pairs = zip(gradients, tensors, strict=True)
    kept = [tf.zeros_like(t) if g is None else tf.convert_to_tensor(g) for g, t in pairs]
    return tf.concat(kept, axis=-1) if len(kept) > 1 else kept[0]


def _watch_embedding(tape: Any, call: Call) -> None:
    if isinstance(call.entry.layer, keras.layers.Embedding) and not call.reason:
        tape.watch(call.output)


def _aimed(target: Target, recorder: Recorder, heads: Mapping[str, Any]) -> Any:
    if target.head is not None:
        return logit_of(heads[target.head], recorder)
    for call in recorder.calls:
        if call.name == target.layer:
            return call.output
    raise NbdebugError("The layer was not called.", got=repr(target.layer), fix="choose another layer")


def _seed(y: Any, aim: Aim, column: Any, position: Any, scale: Any) -> Any:
    """Upstream gradient: one at the position and column, the mean over every other axis but examples."""
    seed = tf.fill(tf.shape(y), tf.cast(scale, y.dtype))
    shape = tf.shape(y)
    for axis in range(1, len(y.shape)):
        if axis == aim.time_axis and aim.target.positions is not None:
            seed *= _one_hot(position, axis, y)
        elif axis == aim.unit_axis:
            seed *= _one_hot(column, axis, y) if aim.target.column is not None else 1
        else:
            seed /= tf.cast(shape[axis], y.dtype)
    return seed


def _one_hot(index: Any, axis: int, y: Any) -> Any:
    line = tf.one_hot(index, tf.shape(y)[axis], dtype=y.dtype)
    return tf.reshape(line, [-1 if a == axis else 1 for a in range(len(y.shape))])
