"""Attention without positions: the network sees a set, and what stands first or last is the same to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from nbdebug.checks.architecture._probe import PROBED, changed, predicted
from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case

_ATTENTION = ("EinsumDense", "Attention", "AdditiveAttention")
"""`MultiHeadAttention` and `GroupQueryAttention` are made of the first."""
_FEWEST = 4


def judge(case: Case) -> Iterator[Found]:
    """Networks with attention: times of an input in another order, the same for all examples, change nothing that is
    predicted, while other values do. Whether the order says anything of the labels is not known: a note. Without
    attention, an average of word vectors is meant to be a bag of words.
    """
    attention = [node.name for node in graph_of(case) if node.type in _ATTENTION]
    if not attention:
        return
    for name, given in case.inputs.items():
        if given.ndim not in (2, 3) or given.shape[1] < _FEWEST or given.dtype.kind not in "iuf":
            continue
        few = given[:PROBED]
        was = predicted(case, name, few)
        order = np.random.default_rng(0).permutation(few.shape[1])
        if _differs(was, predicted(case, name, few[:, order])) or not _differs(was, predicted(case, name, few[::-1])):
            continue
        yield Found(
            why=f"The times of {name} in any other order give the same predictions: the attention looks at a set, and "
            "nothing tells it where in the sequence a value stands.",
            fix="positions = keras.layers.Embedding(length, width)(keras.ops.arange(length))\n"
            "h = h + positions  # before the first attention; leave it out where the order means nothing",
            layer=attention[0],
            evidence={"input": name},
        )


def _differs(was: Mapping[str, np.ndarray], now: Mapping[str, np.ndarray]) -> bool:
    return any(changed(was[head], now[head]) for head in was)


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="note",
    source="Vaswani et al. 2017, Attention is all you need, 3.5: without positions, attention is of a set",
    rank=45,
    program="own_no_positions",
)
