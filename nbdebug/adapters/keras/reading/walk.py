"""Every layer of a model with its path, nested models and wrapped layers included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import keras

IN_LOOP = "it runs once a time inside {}, whose output shows the same values"


@dataclass(frozen=True)
class Entry:
    """One layer object: the name it is shown under, its path, and why it cannot be tapped ("" where it can)."""

    layer: Any
    name: str
    path: str
    reason: str


def entries(model: Any) -> tuple[Entry, ...]:
    """All layers below `model`, parents before their children, each object once.

    A layer is shown under its own name, or under its path where two layers share a name.
    """
    found = list(_below(model, "", "", {id(model)}))
    names = Counter(layer.name for layer, _, _ in found)
    paths: Counter[str] = Counter()
    shown = []
    for layer, path, reason in found:
        paths[path] += 1
        unique_path = path if paths[path] == 1 else f"{path}#{paths[path]}"
        shown.append(Entry(layer, layer.name if names[layer.name] == 1 else unique_path, unique_path, reason))
    return tuple(shown)


def _below(parent: Any, prefix: str, reason: str, seen: set[int]) -> Iterator[tuple[Any, str, str]]:
    for layer in _children(parent):
        if id(layer) in seen or isinstance(layer, keras.layers.InputLayer):
            continue
        seen.add(id(layer))
        path = f"{prefix}{layer.name}"
        yield layer, path, reason
        yield from _below(layer, f"{path}/", reason or _loop_reason(layer), seen)


def _loop_reason(layer: Any) -> str:
    looped = isinstance(layer, keras.layers.RNN | keras.layers.TimeDistributed)
    return IN_LOOP.format(layer.name) if looped else ""


def _children(parent: Any) -> Iterator[Any]:
    if isinstance(parent, keras.Model):
        yield from parent.layers
    else:
        yield from _layers_in(list(vars(parent).values()))


def _layers_in(value: Any) -> Iterator[Any]:
    if isinstance(value, keras.layers.Layer):
        yield value
    elif isinstance(value, Mapping):
        yield from _layers_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _layers_in(item)
