"""Compiled functions over the user's model, made once for each question and kept."""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.reading.forward import Forward
from nbdebug.adapters.keras.reading.taps import Call, Recorder
from nbdebug.adapters.keras.structure import as_fed

_NARROW = ("float16", "bfloat16")


class Functions:
    """Makes and keeps the functions that run on one batch.

    Each takes named tensors and the number of valid examples: models built for one batch size get a padded last batch.
    With the example axis left open one trace serves every batch size.

    Args:
        shapes: shape of one example by input name.
        dtypes: type that each input is fed as.
        fixed_batch: batch size of the model, None where any will do.
        eager: True where the model cannot be traced.
    """

    def __init__(
        self,
        forward: Forward,
        shapes: Mapping[str, tuple[int, ...]],
        dtypes: Mapping[str, str],
        fixed_batch: int | None,
        eager: bool,
    ) -> None:
        self.forward, self.dtypes, self.fixed_batch, self.eager = forward, dict(dtypes), fixed_batch, eager
        self._specs = {n: tf.TensorSpec((fixed_batch, *s), dtypes[n], name=None) for n, s in shapes.items()}
        self._made: dict[Hashable, Callable[..., Any]] = {}

    def get(self, name: Hashable, body: Callable[..., Any], *extra: Any) -> Callable[..., Any]:
        """The compiled `body`, made when `name` is first asked for.

        Args:
            extra: specs of further arguments after the tensors and the number of valid examples.
        """
        if name not in self._made:
            self._made[name] = self.compile(body, *extra)
        return self._made[name]

    def compile(self, body: Callable[..., Any], *extra: Any) -> Callable[..., Any]:
        """`body(tensors, n, *extra)` traced once, when it is first called; as it is where the model runs eagerly."""
        if self.eager:
            return body
        signature = [self._specs, tf.TensorSpec((), tf.int32), *extra]
        # Keras itself compiles without autograph: what its own predict takes is taken here.
        function = tf.function(body, input_signature=signature, autograph=False)

        @functools.cache
        def traced() -> Callable[..., Any]:
            # TensorFlow counts traces of a `tf.function` by its source, and would warn of "retracing" although every
            # model needs a trace of its own; the one concrete function is what is called.
            return function.get_concrete_function()

        def call(*given: Any) -> Any:
            return traced()(*given)

        call.traced = traced  # type: ignore[attr-defined]
        return call

    def feed(self, batch: Mapping[str, np.ndarray]) -> tuple[dict[str, Any], Any]:
        """One batch as tensors, padded to the model's batch size, and how many examples are valid."""
        n = len(next(iter(batch.values())))
        tensors = {}
        for name, array in batch.items():
            if self.fixed_batch is not None and n < self.fixed_batch:
                array = np.concatenate([array, np.repeat(array[-1:], self.fixed_batch - n, axis=0)])
            tensors[name] = tf.convert_to_tensor(as_fed(array, self.dtypes[name]))
        return tensors, tf.constant(n)

    def valid(self, tensor: Any, n: Any) -> Any:
        """The part of an output that is no padding of the batch."""
        return tensor if self.fixed_batch is None else tensor[:n]

    def values(self, layers: Sequence[str] | None, training: bool = False) -> Callable[..., Any]:
        """Values and masks of some layer calls, and the heads, in one pass.

        Args:
            layers: names of layer calls; none for the heads alone; None for every call and the heads, which serves all
                questions about a few examples with one trace but holds everything at once.
        """

        def body(tensors: Mapping[str, Any], n: Any) -> dict[str, dict[str, Any]]:
            return self.picked(*self.forward(tensors, training=training), layers, n)

        return self.get(("values", None if layers is None else tuple(layers), training), body)

    def picked(
        self, recorder: Recorder, heads: Mapping[str, Any], layers: Sequence[str] | None, n: Any
    ) -> dict[str, dict[str, Any]]:
        """What `values` returns, out of what was heard."""
        calls = {c.name: c for c in recorder.calls if (_is_array(c) if layers is None else c.name in layers)}
        return {
            "heads": {} if layers else {k: self.valid(wide(t), n) for k, t in heads.items()},
            "values": {k: self.valid(wide(c.output), n) for k, c in calls.items()},
            "masks": {k: self.valid(c.mask, n) for k, c in calls.items() if c.mask is not None},
        }


def _is_array(call: Call) -> bool:
    return not call.reason and isinstance(call.output, tf.Tensor) and len(call.output.shape) > 0


def wide(tensor: Any) -> Any:
    """Half-width floats as float32, everything else as it is."""
    return tf.cast(tensor, tf.float32) if tensor.dtype.name in _NARROW else tensor
