"""A look at the data of a coming `fit` that leaves what training will see as it is."""

from __future__ import annotations

import copy
import random
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from time import monotonic
from typing import Any

import keras
import numpy as np
import tensorflow as tf

_BATCHES = 16
_EXAMPLES = 4096
_SECONDS = 1.0
"""How much of a data set is looked at."""
_SMALL = 1_000_000
"""Bytes up to which an array of a PyDataset is copied before an item is asked for; a larger one is only read."""
_CALLS_OUT = "it calls Python code, which may not run once more without changing what training sees"


class Unseen(Exception):
    """The data cannot be looked at without changing what training sees; the text says why."""


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
        batches, part = _of_dataset(x)
        return replace(_batched(batches, part, arguments, known, _cardinality(x)), shape=_spec_shape(x.element_spec))
    if isinstance(x, keras.utils.PyDataset):
        batches, part = _of_py_dataset(x)
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


def _of_dataset(dataset: Any) -> tuple[list[Any], str]:
    again = _second(dataset)
    kept, stride, seen = [], 1, 0
    begun = monotonic()
    complete = True
    for i, batch in enumerate(again):
        if i % stride == 0:
            kept.append(keras.tree.map_structure(np.asarray, batch))
        if len(kept) > _BATCHES:
            kept, stride = kept[::2], stride * 2
        seen = i + 1
        if monotonic() - begun > _SECONDS or (dataset.cardinality() == tf.data.INFINITE_CARDINALITY and seen >= 64):
            complete = False
            break
    if not kept or any(np.ndim(array) == 0 for array in keras.tree.flatten(kept[0])):
        raise Unseen("the data set is empty" if not kept else "the data set does not give batches")
    kept, whole = _few(kept), complete and stride == 1
    return kept, "" if whole and len(kept) == seen else _told(kept, "tf.data.Dataset")


def _second(dataset: Any) -> Any:
    """A data set that gives the same kind of data and shares no state with `dataset`.

    Iterating the user's own moves on the seeds of its shuffles, so that training would see another order.

    Raises:
        Unseen: it runs Python code, draws from a generator of random numbers, or writes to disk.
    """
    variant = tf.data.experimental.to_variant(dataset)
    try:
        # Policy 2: fail where a step has a state outside of the data set.
        packed = tf.raw_ops.DatasetToGraphV2(input_dataset=variant, external_state_policy=2).numpy()
        graph = tf.compat.v1.GraphDef.FromString(packed)
    except Exception as error:
        raise Unseen(
            _CALLS_OUT if "stateful" in str(error) else f"it cannot be copied ({type(error).__name__})"
        ) from None
    if any(_writes(node, graph) for node in graph.node):
        raise Unseen("it keeps a cache on disk, which a look would write to")
    (returned,) = (node.input[0] for node in graph.node if node.op == "_Retval")
    name = returned if ":" in returned else f"{returned}:0"
    function = tf.compat.v1.wrap_function(lambda: tf.graph_util.import_graph_def(graph, return_elements=[name])[0], [])
    return tf.data.experimental.from_variant(function(), dataset.element_spec)


def _writes(node: Any, graph: Any) -> bool:
    if node.op.startswith(("Snapshot", "SaveDataset")):
        return True
    if not node.op.startswith("CacheDataset"):
        return False
    made = {other.name: other for other in graph.node}
    name = made.get(node.input[1].split(":")[0])
    return name is None or any(name.attr["value"].tensor.string_val)


def _of_py_dataset(dataset: Any) -> tuple[list[Any], str]:
    python, numpy = random.getstate(), np.random.get_state()
    twin, n = _twin(dataset), dataset.num_batches
    try:
        kept, begun = [], monotonic()
        for i in _spread(n):
            kept.append(keras.tree.map_structure(np.asarray, tuple(twin[i])))
            if monotonic() - begun > _SECONDS:
                break
    except Exception as error:
        raise Unseen(f"{type(dataset).__name__}[0] raised {type(error).__name__}") from error
    finally:
        random.setstate(python)
        np.random.set_state(numpy)
    if not kept:
        raise Unseen("the data set is empty")
    kept = _few(kept)
    return kept, "" if len(kept) == n else _told(kept, type(dataset).__name__)


def _twin(dataset: Any) -> Any:
    """A copy whose own state, such as a counter or a generator of random numbers, is not the user's."""
    twin = copy.copy(dataset)
    shared: dict[int, Any] = {}
    _share(vars(dataset), shared, 3)
    for name, value in vars(dataset).items():
        try:
            twin.__dict__[name] = copy.deepcopy(value, dict(shared))
        except Exception:  # locks, files and generators cannot be copied; asking for an item does not use them up
            twin.__dict__[name] = value
    return twin


def _share(value: Any, shared: dict[int, Any], depth: int) -> None:
    """Note what is only read: large arrays, tables and models."""
    kind = type(value).__module__.partition(".")[0]
    if (isinstance(value, np.ndarray) and value.nbytes > _SMALL) or kind in ("pandas", "tensorflow", "keras", "h5py"):
        shared[id(value)] = value
    elif depth and isinstance(value, Mapping):
        for part in value.values():
            _share(part, shared, depth - 1)
    elif depth and isinstance(value, list | tuple):
        for part in value:
            _share(part, shared, depth - 1)
    elif depth and hasattr(value, "__dict__") and not isinstance(value, type):
        _share(vars(value), shared, depth - 1)


def _validation(given: Any) -> Any:
    if isinstance(given, tf.data.Dataset | keras.utils.PyDataset):
        take: Callable[[Any], tuple[list[Any], str]]
        take = _of_dataset if isinstance(given, tf.data.Dataset) else _of_py_dataset
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


def _few(batches: list[Any]) -> list[Any]:
    """At most `_EXAMPLES` of them, whole batches."""
    size = max(1, len(keras.tree.flatten(batches[0])[0]))
    return batches[: max(1, _EXAMPLES // size)]


def _told(batches: list[Any], kind: str) -> str:
    n = sum(len(keras.tree.flatten(batch)[0]) for batch in batches)
    return f"{n:,} examples of a {kind}"


def _spread(n: int | None) -> Iterator[int]:
    n = n or _BATCHES
    yield from sorted({round(i * (n - 1) / max(1, min(n, _BATCHES) - 1)) for i in range(min(n, _BATCHES))})


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
