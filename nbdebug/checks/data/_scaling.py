"""Which inputs reach weights as they are, and how large they are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nbdebug.checks.data._rows import features
from nbdebug.checks.graph import NORMS, Graph, straight, weighs
from nbdebug.records.case import Node

_KEEPING = ("MaxPooling", "GlobalMaxPooling")
_PIXELS = (64, 255)
_MANY = 64


class Size(NamedTuple):
    """How large the features of an input are.

    Args:
        largest: root mean square of the largest feature.
        feature: its position.
        spread: largest standard deviation of a feature.
        n_features: how many there are.
        pixels: whether the values are bytes of pictures.
    """

    largest: float
    feature: int
    spread: float
    n_features: int
    pixels: bool


def as_they_are(graph: Graph, name: str) -> bool:
    """Whether an input reaches trainable weights without a layer or operation that may scale it."""
    waiting, seen = list(graph.after.get(name, ())), set()
    while waiting:
        node = waiting.pop()
        if node.name in seen or not node.direct:
            continue
        seen.add(node.name)
        if weighs(node):
            if node.trainable and not _scale_free(graph, node):
                return True
        elif node.type not in (*NORMS, "Rescaling") and (straight(node) or node.type.startswith(_KEEPING)):
            waiting += graph.after.get(node.name, ())
    return False


def size_of(values: np.ndarray) -> Size | None:
    """The size of an input of numbers, None where there is nothing to measure."""
    if values.dtype.kind not in "fiu" or not values.size:
        return None
    rows = features(values)
    rows = rows[np.isfinite(rows).all(axis=1)]
    if not len(rows):
        return None
    sizes = np.sqrt((rows**2).mean(axis=0))
    low, high = float(rows.min()), float(rows.max())
    many = values.ndim > 2 or values[0].size >= _MANY
    whole = bool(np.all(rows[:1000] == np.round(rows[:1000])))
    pixels = many and whole and low >= 0 and _PIXELS[0] < high <= _PIXELS[1]
    return Size(float(sizes.max()), int(sizes.argmax()), float(rows.std(axis=0).max()), len(sizes), pixels)


def _scale_free(graph: Graph, node: Node) -> bool:
    following = graph.next(node) if node.activation in (None, "linear") else None
    return following is not None and following.type in NORMS
