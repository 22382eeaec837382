"""An embedding looks rows up by whole numbers; it is given numbers that are none, or that it has no row for."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of, number
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_LOOKED_AT = 1_000_000


def judge(case: Case) -> Iterator[Found]:
    """Only embeddings that take an input as it is; up to a million of its values, spread over the examples."""
    for node in graph_of(case):
        values = case.inputs.get(node.sources[0]) if node.type == "Embedding" and node.direct and node.sources else None
        if values is None or values.dtype.kind not in "fiu" or not values.size:
            continue
        rows, some = int(number(node, "input_dim")), spread(values, _LOOKED_AT)
        fractions = (
            (some != np.floor(some)) | ~np.isfinite(some) if some.dtype.kind == "f" else np.zeros(some.shape, bool)
        )
        outside = (some < 0) | (some >= rows)
        if fractions.any():
            example = _first(fractions)
            yield Found(
                why=f"{node.name} takes whole numbers from 0 to {rows - 1:,}; {fractions.mean():.0%} of the values of "
                f"input {node.sources[0]} are none, so they are cut off and most of what they say is lost.",
                fix=f"# a Dense layer instead of {node.name} for numbers,\n"
                "# or keras.layers.IntegerLookup() / StringLookup() before it for categories",
                layer=node.name,
                measured=float(fractions.mean()),
                threshold=0.0,
                measured_in="share of values that are no whole numbers",
                examples=_examples(fractions, len(values)),
                evidence={"input": node.sources[0], "value": float(np.ravel(some[example])[0])},
            )
        elif outside.any():
            low, high = int(some.min()), int(some.max())
            yield Found(
                why=f"{node.name} has rows for 0 to {rows - 1:,}; input {node.sources[0]} has values from {low:,} to "
                f"{high:,}.",
                fix=f"Embedding({high + 1}, ...)  # {node.name}"
                if low >= 0
                else "x = x - x.min()  # numbers from 0 on",
                layer=node.name,
                measured=float(outside.mean()),
                threshold=0.0,
                measured_in="share of values without a row",
                examples=_examples(outside, len(values)),
                evidence={"input": node.sources[0]},
            )


def _first(where: np.ndarray) -> int:
    return int(np.flatnonzero(where.reshape(len(where), -1).any(axis=1))[0])


def _examples(where: np.ndarray, n: int, most: int = 10) -> tuple[int, ...]:
    rows = np.flatnonzero(where.reshape(len(where), -1).any(axis=1))[:most]
    return tuple(int(i) for i in np.linspace(0, n - 1, len(where)).astype(np.intp)[rows])


CHECK = Check(
    judge=judge,
    cause="data",
    severity="error",
    source="Keras documentation of Embedding: inputs are whole numbers below input_dim",
    rank=0,
    explains=("data", "initialisation", "dynamics"),
)
