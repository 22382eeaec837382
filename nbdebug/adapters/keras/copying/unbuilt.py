"""A model that has no weights yet, copied and built: the user's own stays free for any other input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.copying.apart import apart
from nbdebug.adapters.keras.copying.objects import blank, functions_on, held, seen_by
from nbdebug.adapters.keras.structure import arrange, as_fed, feed_dtypes, name_inputs
from nbdebug.errors import NbdebugError

_SHARED = (keras.Optimizer, keras.Metric, keras.losses.Loss, keras.Variable, tf.Variable, tf.Tensor)
"""What a copy that is only looked at can have in common with the model."""
_LARGE = 10_000_000
"""Bytes of an array that a second one would be too many of."""


def with_weights(model: Any, x: Any) -> Any:
    """`model` where it has weights, else a copy of it that is built for `x`.

    The copy is for looking, not for training. Initialisers have drawn their seeds by now, so that its weights are those
    that `fit` will begin with; parts that have weights already, such as a pretrained base, are those of the model.

    Args:
        x: array, list or dict of arrays, as for `fit`.

    Raises:
        NbdebugError: it cannot be copied, or not be called on `x`.
    """
    if not isinstance(model, keras.Model) or model.built:
        return model
    named = name_inputs(model, x)
    types = feed_dtypes(model, named)
    few = {name: as_fed(values[:2], types[name]) for name, values in named.items()}
    errors = []
    for way in arrange(model, few):
        try:
            return apart(partial(_built, model, way))
        except Exception as error:  # it may want its inputs in another arrangement
            errors.append(error)
    raise NbdebugError(
        "The model is not built: it has no weights yet, and none can be made for this x.",
        got=f"{type(model).__name__} {model.name!r}: {type(errors[0]).__name__}: {errors[0]}",
        fix="call it once on a small batch, model(x[:2]), or give it an Input",
    ) from errors[0]


def _built(model: Any, way: Any) -> Any:
    copy = _copied(model)
    if type(copy) is keras.Sequential and isinstance(way, np.ndarray):
        copy.build((None, *way.shape[1:]))  # a call would make it one for batches of two
    else:
        copy(keras.tree.map_structure(tf.convert_to_tensor, way))
    return copy


def _copied(model: Any) -> Any:
    """The same objects once more, but for those that have weights; Keras itself copies by config, which few have."""
    parts = list(_parts(model, set()))
    new = {id(part): blank(type(part)) for part in parts}
    memo: dict[int, Any] = {id(module): module for module in sys.modules.values()} | new
    for value in (value for part in parts for _, value in held(part)):
        if _is_shared(value):
            memo[id(value)] = value
    for part in parts:
        copy = new[id(part)]
        own = functions_on(copy)
        vars(copy).update({name: deepcopy(value, memo) for name, value in vars(part).items() if name not in own})
        if any(id(seen) in new for name in functions_on(copy) for seen in seen_by(vars(copy)[name])):
            raise TypeError(f"{part.name} has a function that acts on the layer itself")
    return new[id(model)]


def _is_shared(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.nbytes > _LARGE
    return isinstance(value, _SHARED) or (isinstance(value, keras.Layer) and value.built)


def _parts(part: Any, seen: set[int]) -> Iterator[Any]:
    """The model and all layers in it that have no weights yet."""
    if id(part) in seen or part.built:
        return
    seen.add(id(part))
    yield part
    for _, value in held(part):
        if isinstance(value, keras.Layer):
            yield from _parts(value, seen)
