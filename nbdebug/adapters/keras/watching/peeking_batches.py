"""Looking into data sets that give batches, without moving what training will be given."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping
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
_LARGE = 10_000
"""Bytes from which an array inside a data set is handed over beside its graph."""
_CALLS_OUT = "it calls Python code, which may not run once more without changing what training sees"
_OWN_STATE = {"ShuffleDatasetV3": "ShuffleDataset", "CacheDatasetV2": "CacheDataset"}
"""Steps that are handed a state which outlives an iteration, and the same step with one of its own."""


class Unseen(Exception):
    """The data cannot be looked at without changing what training sees; the text says why."""


def look_into_dataset(dataset: Any) -> tuple[list[Any], str]:
    """Batches from all over a `tf.data.Dataset`, and in words what they are, "" for all of it.

    Raises:
        Unseen: that cannot be done without changing what training sees.
    """
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
    _detach(graph)
    (returned,) = (node.input[0] for node in graph.node if node.op == "_Retval")
    name = returned if ":" in returned else f"{returned}:0"
    arrays = _taken_out(graph)
    names = [f"{given}:0" for given in arrays]

    def rebuilt(*tensors: Any) -> Any:
        return tf.graph_util.import_graph_def(graph, dict(zip(names, tensors, strict=True)), [name])[0]

    specs = [tf.TensorSpec(tensor.shape, tensor.dtype) for tensor in arrays.values()]
    function = tf.compat.v1.wrap_function(rebuilt, specs)
    return tf.data.experimental.from_variant(function(*arrays.values()), dataset.element_spec)


def _taken_out(graph: Any) -> dict[str, Any]:
    """The large arrays of a graph, by name, taken out of it: a graph that holds them is copied a dozen times."""
    large = [node for node in graph.node if node.op == "Const" and node.ByteSize() > _LARGE]
    found = {}
    for node in large:
        found[node.name] = tf.constant(tf.make_ndarray(node.attr["value"].tensor))
        node.op = "Placeholder"
        del node.attr["value"]
    return found


def _detach(graph: Any) -> None:
    """Cut what is shared with the data set that the graph was made from: the seeds of shuffles, and caches.

    Raises:
        Unseen: it shares something else, or writes to disk.
    """
    made = {node.name: node for node in graph.node}
    for node in graph.node:
        if node.op.startswith(("Snapshot", "SaveDataset")) or _caches_on_disk(node, made):
            raise Unseen("it keeps a cache on disk, which a look would write to")
        handles = [name for name in node.input if _is_handle(made.get(name.split(":")[0]))]
        if not handles or _takes_arguments(node):
            continue
        if node.op not in _OWN_STATE:
            raise Unseen(f"it shares a state with others ({node.op})")
        node.op = _OWN_STATE[node.op]
        kept = [name for name in node.input if name not in handles]
        del node.input[:]
        node.input.extend(kept)


def _is_handle(node: Any) -> bool:
    return node is not None and node.op == "Const" and node.attr["dtype"].type == tf.resource.as_datatype_enum


def _takes_arguments(node: Any) -> bool:
    """Whether what it is given goes to a function, such as the tables that it looks words up in."""
    return any(attr.HasField("func") for attr in node.attr.values())


def _caches_on_disk(node: Any, made: Mapping[str, Any]) -> bool:
    if not node.op.startswith("CacheDataset"):
        return False
    name = made.get(node.input[1].split(":")[0])
    return name is None or any(name.attr["value"].tensor.string_val)


def look_into_items(dataset: Any) -> tuple[list[Any], str]:
    """The same of a `keras.utils.PyDataset`."""
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
