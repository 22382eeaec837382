"""A look at the data of a coming `fit` that leaves what training will see as it is."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from nbdebug.adapters.keras.watching.peeking_batches import Unseen, look_into_dataset, look_into_items


@dataclass(frozen=True)
class Sight:
    """What is known of the data of a fit.

    Args:
        x, y: arrays in the structure that the model takes.
        validation: (x, y) or None.
        fit: epochs, batch_size and so on, as `make_case` takes them.
        part: "" where x and y are all there is, else what they are, in words.
        replaced: arguments that `fit` has to be given instead, because looking took from them.
        shape: that every batch of a single x is sure to have, None for the example axis; None where it is not sure.
    """

    x: Any
    y: Any
    validation: Any = None
    fit: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""
    replaced: Mapping[str, Any] = field(default_factory=dict)
    shape: tuple[int | None, ...] | None = None


def peek(arguments: Mapping[str, Any]) -> Sight:
    """Look at the data in the arguments of a `fit` or `train_on_batch`.

    Raises:
        Unseen: that cannot be done.
    """
    x = arguments.get("x")
    known = {name: arguments.get(name) for name in ("class_weight", "sample_weight", "callbacks")}
    known |= {"epochs": arguments.get("epochs", 1), "shuffle": arguments.get("shuffle", True)}
    if isinstance(x, tf.data.Dataset):
        batches, part = look_into_dataset(x)
        return replace(_batched(batches, part, arguments, known, _cardinality(x)), shape=_spec_shape(x.element_spec))
    if isinstance(x, keras.utils.PyDataset):
        batches, part = look_into_items(x)
        return _batched(batches, part, arguments, known, x.num_batches)
    if isinstance(x, types.GeneratorType):
        return _generator(x, arguments, known)
    if x is None or not _is_arrays(x):
        raise Unseen(f"x is a {type(x).__module__}.{type(x).__name__}, which cannot be looked at without using it up")
    return _arrays(arguments, known)


def _arrays(arguments: Mapping[str, Any], known: dict[str, Any]) -> Sight:
    x, y = _read(arguments["x"]), _read(arguments.get("y"))
    given = ("batch_size", "steps_per_epoch", "validation_split")
    fit = {**known, **{name: arguments[name] for name in given if arguments.get(name) is not None}}
    shape = (None, *x.shape[1:]) if isinstance(x, np.ndarray) and x.ndim > 1 else None
    return Sight(x, y, _validation(arguments.get("validation_data")), fit, shape=shape)


def _batched(
    batches: list[Any], part: str, arguments: Mapping[str, Any], known: dict[str, Any], n_batches: int | None
) -> Sight:
    x, y, weight = _joined(batches)
    steps = arguments.get("steps_per_epoch") or n_batches
    size = len(keras.tree.flatten(batches[0])[0])
    # Without a known number of steps nothing can be said about how long training is.
    fit = {**known, "batch_size": size, "steps_per_epoch": steps, "shuffle": None} if steps else {}
    if fit and weight is not None:
        fit["sample_weight"] = weight
    return Sight(x, y, _validation(arguments.get("validation_data")), fit, part)


def _generator(x: Any, arguments: Mapping[str, Any], known: dict[str, Any]) -> Sight:
    """The first batch, which Keras would ask for first thing too; it is put back in front."""
    try:
        first = next(x)
    except StopIteration:
        raise Unseen("the generator gives nothing") from None
    except Exception as error:
        return Sight(None, None, replaced={"x": _raising(error)})
    replaced = {"x": (batch for batch in chain([first], x))}
    if not isinstance(first, tuple):
        return Sight(None, None, part="a generator of no tuples", replaced=replaced)
    size = len(keras.tree.flatten(first)[0])
    found = _batched([first], f"the first batch of a generator, {size} examples", arguments, known, None)
    return Sight(found.x, found.y, found.validation, found.fit, found.part, replaced)


def _raising(error: Exception) -> Iterator[Any]:
    raise error
    yield


def _validation(given: Any) -> Any:
    if isinstance(given, tf.data.Dataset | keras.utils.PyDataset):
        take: Callable[[Any], tuple[list[Any], str]]
        take = look_into_dataset if isinstance(given, tf.data.Dataset) else look_into_items
        try:
            x, y, _ = _joined(take(given)[0])
        except Unseen:
            return None
        return x, y
    if isinstance(given, tuple | list) and len(given) >= 2 and _is_arrays(given[0]):
        return _read(given[0]), _read(given[1])
    return None


def _joined(batches: list[Any]) -> tuple[Any, Any, Any]:
    parts = [keras.utils.unpack_x_y_sample_weight(batch) for batch in batches]
    x, y, weight = keras.tree.map_structure(_one_after_another, *parts)
    return x, y, weight


def _one_after_another(*arrays: Any) -> Any:
    return None if arrays[0] is None else np.concatenate(arrays)


def _cardinality(dataset: Any) -> int | None:
    n = int(dataset.cardinality())
    return n if n > 0 else None


def _spec_shape(spec: Any) -> tuple[int | None, ...] | None:
    x = spec[0] if isinstance(spec, tuple) else spec
    if not isinstance(x, tf.TensorSpec) or x.shape.rank is None or x.shape.rank < 2:
        return None
    return (None, *x.shape.as_list()[1:])


def _is_arrays(value: Any) -> bool:
    flat = keras.tree.flatten(value)
    return bool(flat) and all(hasattr(v, "__array__") or isinstance(v, int | float) for v in flat)


def _read(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, list | tuple) and not any(hasattr(part, "__array__") for part in value):
        return np.asarray(value)
    return keras.tree.map_structure(np.asarray, value)
