"""What a model wants to be fed, and how named arrays are turned into that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from nbdebug.errors import NbdebugError

Inputs = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Port:
    """One input as the model declares it; `shape` and `dtype` are None where the model declares nothing."""

    name: str
    shape: tuple[int | None, ...] | None
    dtype: str | None


def require_built(model: Any) -> None:
    """Raise where `model` is no Keras model or has no weights yet."""
    if not isinstance(model, keras.Model):
        raise NbdebugError(
            "The model is not a Keras model.", got=type(model).__name__, fix="pass a keras.Model of Keras 3"
        )
    if keras.backend.backend() != "tensorflow":
        raise NbdebugError(
            "Keras does not run on TensorFlow here.", got=keras.backend.backend(), fix="set KERAS_BACKEND=tensorflow"
        )
    if not model.built:
        raise NbdebugError(
            "The model is not built: it has no weights yet.",
            got=f"{type(model).__name__} {model.name!r} with built=False",
            fix="call it once on a small batch, model(x[:2]), or give it an Input",
        )


def ports(model: Any) -> tuple[Port, ...]:
    """The inputs that `model` declares; empty for a subclassed model, which declares none."""
    tensors = _declared(model)
    if tensors is None:
        return ()
    if isinstance(tensors, Mapping):
        return tuple(_port(str(name), tensor) for name, tensor in tensors.items())
    named = {id(layer.output): layer.name for layer in model.layers if isinstance(layer, keras.layers.InputLayer)}
    flat = keras.tree.flatten(tensors)
    return tuple(_port(named.get(id(tensor), _tensor_name(tensor)), tensor) for tensor in flat)


def name_inputs(model: Any, x: Any) -> dict[str, np.ndarray]:
    """Give the user's x the names of the model's inputs.

    Args:
        x: one array; a list or tuple of arrays in the order of the inputs; a mapping of input name to array.

    Raises:
        NbdebugError: another number of arrays than inputs, or names that the model does not have.
    """
    declared = ports(model)
    if isinstance(x, Mapping):
        return _from_mapping(declared, {str(k): np.asarray(v) for k, v in x.items()})
    arrays = [np.asarray(a) for a in x] if _is_several(x, len(declared)) else [np.asarray(x)]
    if declared and len(arrays) != len(declared):
        raise NbdebugError(
            "x does not hold as many arrays as the model has inputs.",
            got=f"{len(arrays)} for {len(declared)} inputs",
            fix="pass one array an input, in this order: " + ", ".join(repr(p.name) for p in declared),
        )
    undeclared = ["input"] if len(arrays) == 1 else [f"input_{i}" for i in range(len(arrays))]
    names = [p.name for p in declared] or undeclared
    return dict(zip(names, arrays, strict=True))


def arrange(model: Any, named: Mapping[str, Any]) -> list[Any]:
    """The ways in which these tensors could be what `model` wants to be called with, likeliest first."""
    struct = _declared(model)
    if struct is not None:
        ordered = {port.name: named[port.name] for port in ports(model)}
        mapping = isinstance(struct, Mapping)
        return [ordered if mapping else keras.tree.pack_sequence_as(struct, list(ordered.values()))]
    tensors = list(named.values())
    if len(tensors) == 1:
        return [tensors[0], dict(named)]
    by_position = all(name == f"input_{i}" for i, name in enumerate(named))
    ways: list[Any] = [dict(named), tensors, tuple(tensors)]
    return [*ways[1:], ways[0]] if by_position else ways


def check_shapes(model: Any, x: Inputs) -> None:
    """Raise where an array has not the shape that its input declares."""
    declared = ports(model)
    if declared:
        _from_mapping(declared, dict(x))
    for port in declared:
        array = x[port.name]
        if port.shape is not None and not _fits(array.shape[1:], port.shape[1:]):
            wanted = ("example", *("any" if n is None else n for n in port.shape[1:]))
            raise NbdebugError(
                f"Input {port.name!r} does not have the shape that the model takes.",
                got=f"{array.shape}, expected ({', '.join(map(str, wanted))})",
                fix="reshape x, or build the model for this shape",
            )


def with_last_axes(model: Any, x: Inputs) -> dict[str, np.ndarray]:
    """The same arrays (no copies), with the last axis of one that Keras adds by itself where it is left out."""
    wanted = {port.name: port.shape or () for port in ports(model)}
    return {n: a[..., None] if wanted.get(n) and _lacks_last(a.shape, wanted[n]) else a for n, a in x.items()}


def feed_dtypes(model: Any, x: Inputs) -> dict[str, str]:
    """The type each array is fed as: the declared one, else the model's own for floats."""
    declared = {p.name: p.dtype for p in ports(model)}
    return {name: declared.get(name) or _dtype(model, array) for name, array in x.items()}


def as_fed(array: np.ndarray, dtype: str) -> np.ndarray:
    """An array in the type it is fed as; numpy has no name for TensorFlow's texts."""
    return array.astype(np.str_ if dtype == "string" else dtype, copy=False)


def fixed_batch(model: Any) -> int | None:
    """The batch size that the model was built for, None where any will do."""
    sizes = [p.shape[0] for p in ports(model) if p.shape]
    return next((size for size in sizes if size is not None), None)


def _declared(model: Any) -> Any | None:
    if isinstance(model, keras.Sequential):
        inputs = getattr(model, "inputs", None)  # before it is built, it has none
        return inputs[0] if inputs else None
    # Only functional models know their inputs; a subclassed model raises or has none.
    return model.input if isinstance(getattr(model, "inputs", None), list) and hasattr(model, "output_names") else None


def _port(name: str, tensor: Any) -> Port:
    return Port(name, tuple(tensor.shape), str(tensor.dtype))


def _tensor_name(tensor: Any) -> str:
    return "input" if tensor.name.startswith("keras_tensor") else str(tensor.name)


def _is_several(x: Any, n: int) -> bool:
    """Whether x is a list of inputs rather than one input given as a list of examples."""
    if not isinstance(x, Sequence) or isinstance(x, str) or not len(x):
        return False
    if n == 1:
        return len(x) == 1 and np.ndim(x[0]) > 1
    return n > 1 or all(hasattr(array, "__array__") for array in x)


def _from_mapping(declared: tuple[Port, ...], named: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    names = [p.name for p in declared]
    if declared and len(named) == 1 and len(names) == 1:
        return {names[0]: next(iter(named.values()))}
    if declared and set(names) != set(named):
        raise NbdebugError(
            "The names in x are not the names of the model's inputs.",
            got=", ".join(map(repr, named)),
            fix="use these names: " + ", ".join(map(repr, names)),
        )
    return {name: named[name] for name in names} if declared else named


def _lacks_last(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    return len(shape) == len(wanted) - 1 and wanted[-1] == 1


def _fits(shape: tuple[int, ...], wanted: tuple[int | None, ...]) -> bool:
    if _lacks_last(shape, wanted):
        wanted = wanted[:-1]
    return len(shape) == len(wanted) and all(w is None or w == n for n, w in zip(shape, wanted, strict=True))


def _dtype(model: Any, array: np.ndarray) -> str:
    if array.dtype.kind == "f" or (array.dtype.kind in "iub" and array.ndim > 2) or array.dtype.kind == "b":
        return str(model.variable_dtype)
    return "string" if array.dtype.kind in "UO" else str(array.dtype)
