"""The graph of layer calls as records that checks can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import keras
import numpy as np

from nbdebug.adapters.keras.reading.bends import activation_by_value
from nbdebug.adapters.keras.reading.taps import Call, Recorder, key
from nbdebug.adapters.keras.reading.times import sources
from nbdebug.records.case import Node

_ARRANGE = ("Reshape", "Transpose", "Squeeze", "ExpandDims", "Identity", "Cast", "Pack", "ConcatV2")


def nodes_of(recorder: Recorder, inputs: Mapping[str, Any]) -> tuple[Node, ...]:
    """One node a call of a layer that is no composite, with the nodes it takes its values from.

    Args:
        recorder: of one call of the model.
        inputs: the tensors it was fed, by input name.
    """
    tips = {key(tensor): name for name, tensor in inputs.items()}
    nodes = []
    for call in recorder.calls:
        if call.output is None or call.reason or isinstance(call.entry.layer, keras.Model):
            continue
        passes = any(key(t) == key(call.output) for t in call.inputs)
        if not passes and key(call.output) in tips:
            continue  # a layer made of layers: the innermost one has been noted already
        direct = all(key(tensor) in tips for tensor in call.inputs)
        nodes.append(_node(call, _sources(call, tips), direct))
        tips[key(call.output)] = call.name
    return tuple(nodes)


def node_before(tensor: Any, recorder: Recorder, nodes: tuple[Node, ...]) -> tuple[str | None, bool]:
    """Name of the last node that makes `tensor`, and whether nothing comes between the two."""
    made = [c for c in recorder.calls if c.output is not None and any(n.name == c.name for n in nodes)]
    direct = [c.name for c in made if key(c.output) == key(tensor)]
    if direct:
        return direct[-1], True
    near = set(sources(tensor, {key(c.output) for c in made}))
    names = [c.name for c in made if key(c.output) in near]
    return (names[-1] if names else None), False


def softmax_over_one(recorder: Recorder, nodes: tuple[Node, ...], heads: Mapping[str, Any]) -> tuple[str, ...]:
    """Names of the nodes behind which a softmax runs over an axis of length 1, but for what a head is made by.

    Attention over a sequence of a single time is left out: there is but one to look at.
    """
    graphs = [tensor.graph for tensor in heads.values() if keras.ops.is_tensor(tensor) and hasattr(tensor, "graph")]
    made_heads = {node_before(tensor, recorder, nodes)[0] for tensor in heads.values()}
    last = {name for tensor in heads.values() if hasattr(tensor, "graph") for name in _last_operations(tensor.op)}
    found = []
    for op in graphs[0].get_operations() if graphs else ():
        over_one = op.type in ("Softmax", "LogSoftmax") and _spreads_over_one(op.inputs[0].shape)
        if over_one and op.name not in last:
            by = node_before(op.outputs[0], recorder, nodes)
            name = by[0] if by[1] else node_before(op.inputs[0], recorder, nodes)[0]
            if name is not None and name not in made_heads:
                found.append(name)
    return tuple(dict.fromkeys(found))


def _last_operations(op: Any) -> Iterator[str]:
    """The operations that a tensor is made by, seen through what only arranges values anew (`TimeDistributed`)."""
    yield op.name
    for given in op.inputs if op.type in _ARRANGE else ():
        yield from _last_operations(given.op)


def _spreads_over_one(shape: Any) -> bool:
    sizes = tuple(shape)
    return len(sizes) in (2, 3) and sizes[-1] == 1 and sizes[1:-1] != (1,)


def kernels_of(layer: Any) -> dict[str, np.ndarray]:
    """The layer's weights by their name, as they are now."""
    return {str(w.name): np.asarray(w) for w in layer.weights}


def config_of(layer: Any) -> dict[str, object]:
    """Plain values of the layer's configuration; initialisers and regularisers by class name and own values."""
    try:
        config = layer.get_config()
    except Exception:  # a custom layer need not have one
        return {}
    return {str(name): _plain(value) for name, value in config.items() if _is_plain(_plain(value))}


def _node(call: Call, found: tuple[str, ...], direct: bool) -> Node:
    layer = call.entry.layer
    return Node(
        name=call.name,
        type=type(layer).__name__,
        activation=activation_by_value(layer),
        sources=found,
        input_shapes=tuple(_shape(t) for t in call.inputs),
        output_shape=_shape(call.output),
        config=config_of(layer),
        n_parameters=int(sum(np.prod(w.shape) for w in layer.weights)),
        trainable=bool(layer.trainable),
        direct=direct,
    )


def _sources(call: Call, tips: Mapping[Any, str]) -> tuple[str, ...]:
    found: list[str] = []
    for tensor in call.inputs:
        if key(tensor) in tips:
            found.append(tips[key(tensor)])
        else:
            found += [tips[k] for k in sources(tensor, set(tips))]
    return tuple(dict.fromkeys(found))


def _shape(tensor: Any) -> tuple[int | None, ...]:
    return (None, *tensor.shape[1:]) if len(tensor.shape) else ()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping) and "class_name" in value:
        given = value.get("config")
        inner = {k: v for k, v in given.items() if _is_plain(v)} if isinstance(given, Mapping) else {}
        return {"class_name": str(value["class_name"]), **inner}
    return tuple(value) if isinstance(value, list) else value


def _is_plain(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(_is_plain(v) for v in value)
    if isinstance(value, Mapping):
        return "class_name" in value
    return value is None or isinstance(value, str | int | float | bool)
