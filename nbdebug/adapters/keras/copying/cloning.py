"""A network made anew with fresh weights: layer by layer, or by the code of its own class."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.copying.adopting import adopt_settings, adopt_state
from nbdebug.adapters.keras.copying.again import taken_by
from nbdebug.adapters.keras.copying.by_parts import by_parts, says_how
from nbdebug.adapters.keras.copying.mended_layer import mended_layer
from nbdebug.adapters.keras.copying.objects import blank
from nbdebug.adapters.keras.structure import arrange, feed_dtypes
from nbdebug.errors import NbdebugError
from nbdebug.records.mend import Mend


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
    adopt_state(copy, model, mend)
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


def all_layers(model: Any) -> Iterator[Any]:
    """Its layers, those of nested models instead of the models."""
    for layer in model.layers:
        yield from all_layers(layer) if isinstance(layer, keras.Model) else (layer,)


def _by_layers(model: Any, mend: Mend) -> Any:
    copy = keras.models.clone_model(_uncompiled(model), clone_function=lambda layer: _changed(layer, mend))
    if type(copy).train_step is not type(model).train_step:
        raise NbdebugError(
            "A clone of the model would not train as the model does.",
            got=type(model).__name__,
            fix="leave the constructor of keras.Model as it is",
        )
    adopt_settings(copy, model)
    return copy


def _by_class(model: Any, mend: Mend, x: Mapping[str, np.ndarray]) -> Any:
    remade, exchanges = says_how(model), bool(mend.layers or mend.instead or mend.hidden)
    if remade and exchanges:
        raise _not_exchanged(model)
    types = feed_dtypes(model, x)
    given = {name: keras.Input(values.shape[1:], dtype=types[name]) for name, values in x.items()}
    for way in range(len(arrange(model, given))):
        copy = _remade(model) if remade else by_parts(model, lambda layer: _changed(layer, mend))
        try:
            copy(arrange(model, given)[way])
        except Exception:  # it wants its inputs in another arrangement
            continue
        if _alike(copy, model):
            adopt_settings(copy, model)
            return copy
    if exchanges:
        raise _not_exchanged(model)
    raise NbdebugError(
        "The class of the model makes another one.", got=type(model).__name__, fix="give it a get_config"
    )


def _not_exchanged(model: Any) -> NbdebugError:
    return NbdebugError(
        "Layers of a model with code of its own cannot be exchanged.",
        got=type(model).__name__,
        fix="build it from layers",
    )


def _alike(copy: Any, model: Any) -> bool:
    shapes = ([weight.shape for weight in each.weights] for each in (copy, model))
    types = ([type(layer) for layer in all_layers(each)] for each in (copy, model))
    return len({str(list(each)) for each in shapes}) == len({str(list(each)) for each in types}) == 1


def _remade(model: Any) -> Any:
    """One more of its class. Keras adds three entries of its own that a constructor need not take."""
    return type(model).from_config(taken_by(type(model), model.get_config()))


def _changed(layer: Any, mend: Mend) -> Any:
    if not isinstance(layer, keras.Model) or isinstance(layer, keras.layers.InputLayer):
        return mended_layer(layer, mend)
    if not made_of_layers(layer):
        return _remade(layer) if says_how(layer) else by_parts(layer, lambda inner: _changed(inner, mend))
    return keras.models.clone_model(_uncompiled(layer), clone_function=lambda inner: _changed(inner, mend))


def _uncompiled(model: Any) -> Any:
    """The same model to read from: Keras compiles what it clones by looking losses up by name, and knows none of the
    user's own functions.
    """
    twin = blank(type(model))
    vars(twin).update(vars(model), compiled=False)
    return twin
