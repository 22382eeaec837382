"""A recurrent layer runs on over the padding behind each sequence, until its state holds nothing of it any more."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import Graph, graph_of
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case, Node
from nbdebug.records.statistics import UnitStatistics

_LAST_STATE = ("LSTM", "GRU", "SimpleRNN")
_LOOKED_AT = 1_000_000
_SMALL = 0.005


def judge(case: Case, *, share: float = 0.25, times: int = 10, apart: float = 0.02) -> Iterator[Found]:
    """Half of the sequences end in padding for a `share` of their times and for `times` or more, the layer sees no mask
    and hands on its last state, and that differs between examples by less than `apart` of its size: with a forget gate
    of about 0.7, as Keras begins, ten times leave 3 % of what was there before.
    """
    graph = graph_of(case)
    for node in graph:
        if node.type not in _LAST_STATE or node.config.get("return_sequences") or node.config.get("go_backwards"):
            continue
        source = _unmasked_input(graph, node)
        padding = None if source is None else _padding(case.inputs[source])
        if padding is None or padding < max(times, share * case.inputs[source or ""].shape[1]):
            continue
        found = case.statistics().get(node.name)
        differs = None if found is None else _differs(found)
        if found is None or differs is None or differs >= apart:
            continue
        embedded = any(before.type == "Embedding" for before in graph.ancestors(node))
        yield Found(
            why=f"Half of the sequences of {source} end in {padding:.0f} or more times of padding, and {node.name} "
            f"runs over them: its last state differs between examples by {differs:.1g} of its size.",
            fix=("mask_zero=True  # in the Embedding" if embedded else "keras.layers.Masking(0.0)  # before the layer")
            + '\n# or keras.utils.pad_sequences(..., padding="pre")',
            severity="error" if found.constant.all() else "warning",
            layer=node.name,
            measured=differs,
            threshold=apart,
            measured_in="spread of the last state between examples over its size",
            evidence={"input": source, "padding": padding},
        )


def _unmasked_input(graph: Graph, node: Node) -> str | None:
    """The only input that a layer is computed from, None where it is not one alone or something masks it."""
    nodes = [node, *graph.ancestors(node)]
    sources = {name for each in nodes for name in each.sources if name not in graph.nodes}
    masked = any(each.type == "Masking" or each.config.get("mask_zero") for each in nodes)
    return sources.pop() if len(sources) == 1 and not masked else None


def _padding(values: np.ndarray) -> float | None:
    """The median of how many zeros each sequence ends in; None for what is no sequence, or has none but zeros."""
    if values.ndim not in (2, 3) or values.dtype.kind not in "fiu":
        return None
    some = spread(values, _LOOKED_AT)
    full = some != 0 if some.ndim == 2 else (some != 0).any(axis=2)
    full = full[full.any(axis=1)]
    return float(np.median(full[:, ::-1].argmax(axis=1))) if len(full) else None


def _differs(found: UnitStatistics) -> float | None:
    """Over the size of the state, or over `_SMALL` of its bound, which is 1, where zeros have driven it to zero."""
    size = float(np.sqrt(np.mean(found.mean**2 + found.std**2)))
    return float(np.sqrt(np.mean(found.std**2))) / max(size, _SMALL) if np.isfinite(size) else None


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Dwarampudi and Reddy 2019, Effects of padding on LSTMs and CNNs: about 50 % accuracy with padding behind "
    "the text, 80 % with padding before it",
    rank=2,
    explains=("initialisation", "dynamics"),
    slow=True,
    program="own_padding_behind",
)
