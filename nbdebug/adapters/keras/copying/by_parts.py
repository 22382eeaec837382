"""A network whose class does not say how it is made again, made again of its parts: the same objects once more, with
new layers in the places of the old.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.copying.again import OF_EVERY_LAYER
from nbdebug.adapters.keras.copying.objects import blank, functions_on, held, seen_by
from nbdebug.errors import NbdebugError

_SHARED = (keras.Optimizer, keras.losses.Loss, keras.callbacks.Callback, tf.Tensor, np.ndarray)
"""What a copy does not change."""
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
    new = {id(shell): blank(type(shell)) for shell in shells}
    memo: dict[int, Any] = {id(module): module for module in sys.modules.values()} | new
    for shell in shells:
        for name, value in held(shell):
            if id(value) not in memo and not _is_of_compile(shell, name):
                _enter(memo, value, made)
    for shell in shells:
        _fill(new[id(shell)], shell, memo)
    return new[id(model)]


def _enter(memo: dict[int, Any], value: Any, made: Callable[[Any], Any]) -> None:
    """What stands for a value in the copy; nothing for what is copied as it is."""
    if isinstance(value, keras.Layer):
        memo[id(value)] = made(value)
    elif isinstance(value, _REMADE):
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
    own = functions_on(copy)
    for name, value in vars(shell).items():
        if name in own:
            continue
        as_it_is = _is_of_compile(shell, name) and not isinstance(value, list | dict)
        vars(copy)[name] = None if name in _FUNCTIONS else value if as_it_is else _copied(value, memo)
    vars(copy)["built"] = False
    kept = functions_on(copy) - own
    if any(each is shell for name in kept for each in seen_by(vars(copy)[name])):
        raise NbdebugError(
            "The model has a function that acts on the model itself.", got=shell.name, fix="a method of its class"
        )


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    """Lists and mappings as plain ones: Keras' own note what is put into them, on a layer that takes no more."""
    if id(value) in memo:
        return memo[id(value)]
    if isinstance(value, list):
        made: Any = memo.setdefault(id(value), [])
        made.extend(_copied(each, memo) for each in value)
    elif isinstance(value, dict):
        made = memo.setdefault(id(value), {})
        made.update((key, _copied(each, memo)) for key, each in value.items())
    else:
        made = deepcopy(value, memo)
    return made


def _is_of_compile(shell: Any, name: str) -> bool:
    """Whether `compile` will set it anew on the copy."""
    return isinstance(shell, keras.Model) and name in _set_by_compile()


@cache
def _set_by_compile() -> frozenset[str]:
    model = keras.Sequential(name="compiled_to_see")
    before = dict(vars(model))
    model.compile(keras.optimizers.SGD(name="of_compiled_to_see"), loss="mse", metrics=["mae"])
    return frozenset(name for name, value in vars(model).items() if value is not before.get(name))


def _shells(layer: Any, seen: set[int]) -> Iterator[Any]:
    """The model and all that it holds whose classes do not say how they are made again."""
    if id(layer) in seen:
        return
    seen.add(id(layer))
    yield layer
    for _, value in held(layer):
        if isinstance(value, keras.Layer) and not says_how(value):
            yield from _shells(value, seen)
