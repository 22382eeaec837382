"""mask_zero hides a token that means something: zeros stand in the middle of the sequences, not behind them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.measure.spread import spread
from nbdebug.records.case import Case

_LOOKED_AT = 1_000_000
_COMPARED = 1_000


def judge(case: Case, *, inside: float = 0.5, share: float = 0.01) -> Iterator[Found]:
    """Padding is at the ends of a sequence. More than `inside` of the zeros stand between other tokens, and at least
    `share` of all tokens are such: 0 is a token here, and everything behind the layer passes over it.
    """
    for node in graph_of(case):
        values = case.inputs.get(node.sources[0]) if node.type == "Embedding" and node.direct and node.sources else None
        if values is None or not node.config.get("mask_zero") or values.ndim != 2 or values.dtype.kind not in "fiu":
            continue
        some = spread(values, _LOOKED_AT)
        between = _between(some)
        zeros = int((some == 0).sum())
        if not zeros or between.sum() <= inside * zeros or between.mean() < share:
            continue
        found = float(between.sum() / zeros)
        same = _left_the_same(some)
        yield Found(
            why=f"{node.name} has mask_zero=True, which takes every 0 for padding, but {found:.0%} of the zeros of "
            f"input {node.sources[0]} stand between other tokens: one is numbered 0, and the network never sees it."
            f"{' Without it all examples are the same.' if same else ''}",
            fix=f"x = x + 1  # 0 is for padding alone, and {node.name} gets a row more\n# or mask_zero=False",
            severity="error" if same else None,
            layer=node.name,
            measured=found,
            threshold=inside,
            measured_in="share of the zeros that stand between other tokens",
            evidence={"input": node.sources[0]},
        )


def _left_the_same(values: np.ndarray) -> bool:
    """Whether nothing but the zeros tells the sequences apart."""
    left = [row[row != 0] for row in values[:_COMPARED]]
    return len(left) > 1 and all(np.array_equal(row, left[0]) for row in left)


def _between(values: np.ndarray) -> np.ndarray:
    """Which zeros have other tokens before and behind them, (example, time)."""
    tokens = values != 0
    before = np.logical_or.accumulate(tokens, axis=1)
    behind = np.logical_or.accumulate(tokens[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(before & behind & ~tokens)


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Keras documentation of Embedding, mask_zero: index 0 cannot be used in the vocabulary",
    rank=10,
    explains=("initialisation", "dynamics"),
    program="own_first_letter_masked",
)
