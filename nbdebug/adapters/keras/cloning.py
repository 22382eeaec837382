"""A network made anew with fresh weights: layer by layer, or by the code of its own class."""

from __future__ import annotations

import inspect
import math
import random
from collections.abc import Iterator, Mapping
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.again import OF_EVERY_LAYER, layer_again, taken_by
from nbdebug.adapters.keras.structure import arrange, feed_dtypes
from nbdebug.errors import NbdebugError
from nbdebug.records.mend import Mend

_SWIFT = 0.9


class Through(keras.layers.Layer):  # type: ignore[misc]
    """Hands on what it is given."""

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:  # noqa: ARG002
        return inputs

    def compute_mask(self, inputs: Any, previous_mask: Any) -> Any:  # noqa: ARG002
        return previous_mask


class Flat(keras.layers.Layer):  # type: ignore[misc]
    """Flattens, wherever a layer stood that was told of a mask."""

    def call(self, inputs: Any, training: Any = None, mask: Any = None) -> Any:  # noqa: ARG002
        return keras.ops.reshape(inputs, (-1, math.prod(inputs.shape[1:])))


_STANDING_IN = {"Identity": Through, "Flatten": Flat}


def clone(model: Any, mend: Mend, seed: int, x: Mapping[str, np.ndarray]) -> Any:
    """The network with this mend, freshly initialised, the same for one seed; not compiled.

    Args:
        x: input name -> (example, ...); what a class of the user's own is built for.

    Raises:
        NbdebugError: a class with code of its own cannot be made again, or shares weights with what it makes.
    """
    random.seed(seed)  # unseeded initialisers draw their seeds from here
    np.random.seed(seed)  # what a class of the user's own may draw from
    copy = _by_layers(model, mend) if made_of_layers(model) else _by_class(model, mend, x)
    _adopt_state(copy, model, mend)
    if {id(variable) for variable in copy.variables} & {id(variable) for variable in model.variables}:
        raise NbdebugError(
            "The class of the model shares weights between all that it makes.",
            got=type(model).__name__,
            fix="make the layers in __init__ or in build",
        )
    return copy


def made_of_layers(model: Any) -> bool:
    """Whether a clone of its layers is all there is to it; a class may add a training step but no other code."""
    if type(model) is keras.Sequential:
        return True
    functional = isinstance(getattr(model, "inputs", None), list) and hasattr(model, "output_names")
    return functional and type(model).__init__.__module__.split(".")[0] == "keras"


def remakeable(model: Any) -> bool:
    """Whether its class says how it is made again: by a `get_config` of its own, or by taking no arguments.

    What Keras makes up for a model without a `get_config` holds the defaults of its arguments, whatever was given.
    """
    taken = inspect.signature(type(model).__init__).parameters.values()
    own = [p for p in taken if p.name not in ("self", *OF_EVERY_LAYER) and p.kind is not p.VAR_KEYWORD]
    return made_of_layers(model) or not own or type(model).get_config is not keras.Model.get_config


def all_layers(model: Any) -> Iterator[Any]:
    """Its layers, those of nested models instead of the models."""
    for layer in model.layers:
        yield from all_layers(layer) if isinstance(layer, keras.Model) else (layer,)


def _by_layers(model: Any, mend: Mend) -> Any:
    copy = keras.models.clone_model(model, clone_function=lambda layer: _changed(layer, mend))
    if type(copy).train_step is not type(model).train_step:
        raise NbdebugError(
            "A clone of the model would not train as the model does.",
            got=type(model).__name__,
            fix="leave the constructor of keras.Model as it is",
        )
    _adopt_settings(copy, model)
    return copy


def _by_class(model: Any, mend: Mend, x: Mapping[str, np.ndarray]) -> Any:
    if mend.layers or mend.instead or mend.hidden:
        raise NbdebugError(
            "Layers of a model with code of its own cannot be exchanged.",
            got=type(model).__name__,
            fix="build it from layers",
        )
    types = feed_dtypes(model, x)
    given = {name: keras.Input(values.shape[1:], dtype=types[name]) for name, values in x.items()}
    for way in range(len(arrange(model, given))):
        copy = _remade(model)
        try:
            copy(arrange(model, given)[way])
        except Exception:  # it wants its inputs in another arrangement
            continue
        if _alike(copy, model):
            _adopt_settings(copy, model)
            return copy
    raise NbdebugError(
        "The class of the model makes another one.", got=type(model).__name__, fix="give it a get_config"
    )


def _alike(copy: Any, model: Any) -> bool:
    shapes = ([weight.shape for weight in each.weights] for each in (copy, model))
    types = ([type(layer) for layer in all_layers(each)] for each in (copy, model))
    return len({str(list(each)) for each in shapes}) == len({str(list(each)) for each in types}) == 1


def _remade(model: Any) -> Any:
    """One more of its class. Keras adds three entries of its own that a constructor need not take."""
    return type(model).from_config(taken_by(type(model), model.get_config()))


def _changed(layer: Any, mend: Mend) -> Any:
    if isinstance(layer, keras.Model) and not isinstance(layer, keras.layers.InputLayer):
        if not made_of_layers(layer):
            return _remade(layer)
        return keras.models.clone_model(layer, clone_function=lambda inner: _changed(inner, mend))
    if layer.name in mend.instead:
        return _STANDING_IN[mend.instead[layer.name]](name=layer.name)
    config = {**layer.get_config(), **mend.layers.get(layer.name, {})}
    if isinstance(layer, keras.layers.BatchNormalization):
        # In a few dozen updates slower averages would hide what was learned; that they are slow is told elsewhere.
        config["momentum"] = min(config["momentum"], _SWIFT)
    made = layer_again(layer, config)
    if layer.name not in mend.hidden:
        return made
    hidden = [keras.layers.Dense(mend.hidden[layer.name], activation="relu") for _ in range(2)]
    return keras.Sequential([*hidden, made], name=f"{layer.name}_behind_hidden")


def _adopt_settings(copy: Any, model: Any) -> None:
    """Plain values that the user has put on the model, which its own training step may read."""
    if type(model).train_step is keras.Model.train_step:
        return
    for name, value in list(vars(model).items()):
        if not name.startswith("_") and type(value) in (bool, int, float, str) and vars(copy).get(name) != value:
            setattr(copy, name, value)


def _adopt_state(copy: Any, model: Any, mend: Mend) -> None:
    """What learns nothing here (frozen layers, a fitted Normalization) is as in the model."""
    for own, theirs in zip(copy.layers, model.layers, strict=True):
        if theirs.name in mend.instead or theirs.name in mend.hidden:
            continue
        if isinstance(theirs, keras.Model):
            _adopt_state(own, theirs, mend)
        elif theirs.weights and not theirs.trainable_weights:
            store: dict[str, Any] = {}
            theirs.save_own_variables(store)
            own.load_own_variables(store)
        if "trainable" not in mend.layers.get(theirs.name, {}) and not isinstance(theirs, keras.Model):
            own.trainable = theirs.trainable
