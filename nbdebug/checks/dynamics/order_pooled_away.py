"""A pooling over all times or places that takes away the order which the labels follow from."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.dynamics._taught import taught
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case, Node
from nbdebug.records.mend import Mend

_MOST = 4096


def judge(
    case: Case, *, learns: float = 0.6, mended: float = 0.3, gap: float = 0.3, falling: float = 0.05, patience: int = 4
) -> Iterator[Found]:
    """Copies with a global pooling get rid of less than `learns` of the loss of examples that they do not train on;
    copies that keep all places beside each other (Flatten) of at least `mended` and of `gap` more, and end lower in
    every seed; those that have learned a little do not get rid of `falling` more in their last third. Bags of words and
    pictures whose things may be anywhere lose by Flatten, which has to learn every place anew. Both get `patience`
    times the usual steps.
    """
    suspects = [n for n in graph_of(case) if n.type.startswith("Global") and _small(n)]
    mends = [(node, Mend(instead={node.name: "Flatten"})) for node in suspects]
    found = taught(case, mends, learns=learns, mended=mended, gap=gap, falling=falling, patience=patience)
    if found is None:
        return
    node, tried = found
    yield Found(
        why=f"{node.name} pools over all places, and what stood where is lost: copies lose "
        f"{max(0.0, tried.learned):.0%} of their loss in {tried.steps} steps, copies that keep the places beside "
        f"each other {tried.learned_mended:.0%}.",
        fix=f"keras.layers.Flatten()  # instead of {node.name}, or a recurrent layer before it",
        layer=node.name,
        measured=tried.learned,
        threshold=learns,
        measured_in="share of the loss that training gets rid of",
        evidence={"curves": tried.curves()},
    )


def _small(node: Node) -> bool:
    shape = node.input_shapes[0][1:] if node.input_shapes else (None,)
    return None not in shape and math.prod(size for size in shape if size is not None) <= _MOST and node.direct


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Goodfellow et al. 2016, Deep Learning, 9.3: pooling is an infinitely strong prior of invariance; confirmed "
    "on copies of the network",
    rank=32,
    explains=("dynamics",),
    trains=True,
    program="own_average_pooled_order",
)
