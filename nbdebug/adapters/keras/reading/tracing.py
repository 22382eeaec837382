"""The first look at a model: one trace, and one small batch to see that it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from nbdebug.adapters.keras.guard import loose_guard
from nbdebug.adapters.keras.reading.forward import Forward, model_error
from nbdebug.adapters.keras.reading.functions import Functions
from nbdebug.adapters.keras.reading.memory import bytes_an_example, fits_whole
from nbdebug.adapters.keras.reading.taps import Recorder
from nbdebug.adapters.keras.structure import Inputs, feed_dtypes
from nbdebug.errors import ModelError

FIRST = 2


@dataclass(frozen=True)
class Traced:
    """A model that has been looked at once: what was heard, and functions to ask it more."""

    forward: Forward
    functions: Functions
    recorder: Recorder
    heads: Mapping[str, Any]
    tensors: Mapping[str, Any]
    loose: tuple[Any, ...]


def trace(model: Any, x: Inputs, fixed: int | None, note: Callable[[str], None]) -> Traced:
    """Trace `model` on the shapes of `x` and run it on the first examples.

    Raises:
        ModelError: the model raised, compiled and eagerly.
    """
    if getattr(model, "run_eagerly", False):
        return _look(model, x, fixed, eager=True)
    try:
        return _look(model, x, fixed, eager=False)
    except ModelError as error:
        if isinstance(error.__cause__, tf.errors.OpError):
            raise
        try:
            traced = _look(model, x, fixed, eager=True)
        except ModelError:
            raise error from error.__cause__
        note(f"the model cannot be compiled, it runs eagerly and slower: {type(error.__cause__).__name__}")
        return traced


def _look(model: Any, x: Inputs, fixed: int | None, eager: bool) -> Traced:
    forward = Forward(model)
    shapes = {name: array.shape[1:] for name, array in x.items()}
    functions = Functions(forward, shapes, feed_dtypes(model, x), fixed, eager)
    heard: list[tuple[Recorder, Mapping[str, Any], Mapping[str, Any]]] = []

    def body(tensors: Mapping[str, Any], n: Any) -> dict[str, Any]:
        recorder, heads = forward(tensors)
        heard.append((recorder, heads, tensors))
        return functions.picked(recorder, heads, layers, n)

    layers = () if eager else None  # one trace serves the first look at every layer
    function = functions.get(("values", layers, False), body)
    loose = () if eager else _loose(model, function.traced())  # type: ignore[attr-defined]
    if not eager and not fits_whole(bytes_an_example(heard[0][0], x), fixed or FIRST):
        function = functions.values(())
    first, n = functions.feed({name: array[:FIRST] for name, array in x.items()})
    try:
        with loose_guard(loose):
            function(first, n)
    except tf.errors.OpError as error:
        raise model_error(model, error) from error
    recorder, heads, tensors = heard[0]
    return Traced(forward, functions, recorder, heads, tensors, loose)


def _loose(model: Any, concrete: Any) -> tuple[Any, ...]:
    """TensorFlow variables that the model assigns to and Keras does not know of."""
    if not any(op.type.startswith("Assign") for op in concrete.graph.get_operations()):
        return ()
    known = {id(v.value) for v in model.variables if isinstance(v, keras.Variable)}
    return tuple(v for v in concrete.variables if id(v) not in known)
