"""One more of the same layer, with fresh weights."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import keras

from nbdebug.errors import NbdebugError

OF_EVERY_LAYER = ("name", "trainable", "dtype")


def layer_again(layer: Any, config: Mapping[str, Any]) -> Any:
    """A layer of this class made from `config`, under the same name.

    Raises:
        NbdebugError: it is a Lambda that cannot be made again without touching what belongs to the model.
    """
    if type(layer) is keras.layers.Lambda:
        return _lambda_again(layer, config)
    made = type(layer).from_config(taken_by(type(layer), config))
    if made.name != layer.name:
        made.name, made.dtype_policy = layer.name, layer.dtype_policy
    return made


def taken_by(kind: type, config: Mapping[str, Any]) -> dict[str, Any]:
    """The config without those of Keras' own entries that the constructor of a user's class does not take."""
    taken = inspect.signature(kind.__init__).parameters  # type: ignore[misc]
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in taken.values()):
        return dict(config)
    return {name: value for name, value in config.items() if name in taken or name not in OF_EVERY_LAYER}


def _lambda_again(layer: Any, config: Mapping[str, Any]) -> Any:
    """With the function itself: made from its config it would not find the names that it refers to."""
    if config.get("mask") is not None or any(_holds_state(value) for value in _referred_to(layer.function)):
        raise NbdebugError(
            "A Lambda cannot be made again.",
            got=f"{layer.name}, which has a mask of its own or uses layers or variables from outside of it",
            fix="a layer class, or keras.ops in the model itself",
        )
    shape = config.get("output_shape")
    return keras.layers.Lambda(
        layer.function,
        output_shape=None if isinstance(shape, dict) else shape,
        arguments=layer.arguments,
        name=layer.name,
        dtype=layer.dtype_policy,
    )


def _referred_to(function: Any) -> Iterator[Any]:
    """What a function sees beside its arguments."""
    if not inspect.isfunction(function):
        yield function
        return
    found = inspect.getclosurevars(function)
    yield from (*found.nonlocals.values(), *found.globals.values(), *(function.__defaults__ or ()))


def _holds_state(value: Any) -> bool:
    return isinstance(value, keras.Layer | keras.Variable | keras.Optimizer) or hasattr(value, "assign")
