"""A network whose class does not say how it is made again, made again of its parts: the same objects once more, with
new layers in the places of the old.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache
from inspect import isfunction
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.copying.again import OF_EVERY_LAYER
from nbdebug.errors import NbdebugError

_SHARED = (keras.Optimizer, keras.Metric, keras.losses.Loss, keras.callbacks.Callback, tf.Tensor, np.ndarray)
"""What the copy does not change, or gets anew when it is compiled."""
_FUNCTIONS = ("train_function", "test_function", "predict_function")
_REMADE = (keras.Metric, keras.random.SeedGenerator)


def says_how(layer: Any) -> bool:
    """Whether a class says how it is made again: by a `get_config` of its own, or by taking no arguments.

    What Keras makes up for a class without a `get_config` holds the defaults of its arguments, whatever was given.
    """
    kind = type(layer)
    if kind.__module__.split(".")[0] == "keras":
        return True
    _self, *taken = inspect.signature(kind.__init__).parameters.values()
    own = [p for p in taken if p.name not in OF_EVERY_LAYER and p.kind is not p.VAR_KEYWORD]
    return not own or kind.get_config not in (keras.Model.get_config, keras.Layer.get_config)


def by_parts(model: Any, made: Callable[[Any], Any]) -> Any:
    """The model once more, without weights: to be called before it is used.

    Args:
        model: of a class with arguments and no `get_config`; read, never changed.
        made: a layer -> one like it with fresh weights, of each layer that can be made again.

    Raises:
        NbdebugError: it has weights outside of layers, or functions that act on the model itself.
    """
    shells = list(_shells(model, set()))
    new = {id(shell): type(shell).__new__(type(shell)) for shell in shells}
    memo: dict[int, Any] = {id(module): module for module in sys.modules.values()} | new
    for shell in shells:
        for name, value in _held(shell):
            if id(value) not in memo:
                _enter(memo, name, value, made)
    for shell in shells:
        _fill(new[id(shell)], shell, memo)
    return new[id(model)]


def _enter(memo: dict[int, Any], name: str, value: Any, made: Callable[[Any], Any]) -> None:
    """What stands for a value in the copy; nothing for what is copied as it is."""
    if isinstance(value, keras.Layer):
        memo[id(value)] = made(value)
    elif isinstance(value, _REMADE) and not name.startswith("_"):
        memo[id(value)] = type(value).from_config(value.get_config())
    elif isinstance(value, keras.Variable | tf.Variable):
        raise NbdebugError(
            "The model has weights outside of layers, and its class has no get_config.",
            got=str(getattr(value, "path", value.name)),
            fix="a layer that holds them, or get_config",
        )
    elif isinstance(value, _SHARED):
        memo[id(value)] = value


def _fill(copy: Any, shell: Any, memo: dict[int, Any]) -> None:
    own = {name for name, value in vars(copy).items() if isfunction(value)}  # Keras gives each layer a `build`
    for name, value in vars(shell).items():
        if name in own:
            continue
        of_compile = isinstance(shell, keras.Model) and name in _set_by_compile()
        vars(copy)[name] = None if name in _FUNCTIONS else value if of_compile else deepcopy(value, memo)
    vars(copy)["built"] = False
    kept = (value for name, value in vars(copy).items() if isfunction(value) and name not in own)
    if any(each is shell for value in kept for each in _seen_by(value)):
        raise NbdebugError(
            "The model has a function that acts on the model itself.", got=shell.name, fix="a method of its class"
        )


@cache
def _set_by_compile() -> frozenset[str]:
    """Attributes that `compile` sets anew on the copy."""
    model = keras.Sequential(name="compiled_to_see")
    before = dict(vars(model))
    model.compile(keras.optimizers.SGD(name="of_compiled_to_see"), loss="mse")
    return frozenset(name for name, value in vars(model).items() if value is not before.get(name))


def _shells(layer: Any, seen: set[int]) -> Iterator[Any]:
    """The model and all that it holds whose classes do not say how they are made again."""
    if id(layer) in seen:
        return
    seen.add(id(layer))
    yield layer
    for _, value in _held(layer):
        if isinstance(value, keras.Layer) and not says_how(value):
            yield from _shells(value, seen)


def _held(shell: Any) -> Iterator[tuple[str, Any]]:
    """What its attributes hold, also in lists and mappings; those that a user sees first."""
    for name, first in sorted(vars(shell).items(), key=lambda pair: pair[0].startswith("_")):
        waiting = [first]
        while waiting:
            value = waiting.pop()
            if isinstance(value, Mapping):
                waiting += value.values()
            elif isinstance(value, list | tuple | set):
                waiting += value
            else:
                yield name, value


def _seen_by(function: Any) -> Iterator[Any]:
    for cell in function.__closure__ or ():
        try:
            yield cell.cell_contents
        except ValueError:  # empty
            continue
