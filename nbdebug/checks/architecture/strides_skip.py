"""A convolution or pooling that steps farther than it is wide: part of its input is never looked at."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case, Node

_WINDOWED = ("Conv", "SeparableConv", "DepthwiseConv", "MaxPooling", "AveragePooling")


def judge(case: Case, *, unseen: float = 0.25) -> Iterator[Found]:
    """Every way from the inputs to the outputs leads through it (beside a shortcut, a narrow one may step as it likes),
    and more than `unseen` of the places it is given are in none of its windows. A window with gaps between its places
    counts as wide as it reaches.
    """
    graph = graph_of(case)
    for node in graph:
        if not node.type.startswith(_WINDOWED) or "Transpose" in node.type or not graph.passes_all(node):
            continue
        wide, steps = _sizes(node)
        if not wide or len(wide) != len(steps):
            continue
        missed = 1 - float(np.prod([min(1.0, w / s) for w, s in zip(wide, steps, strict=True)]))
        if missed > unseen:
            yield Found(
                why=f"{node.name} has windows of {_told(wide)} and steps of {_told(steps)}: {missed:.0%} of what it is "
                "given is never looked at.",
                fix=f"strides={wide if len(wide) > 1 else wide[0]}  # of {node.name}, at most as far as it is wide",
                layer=node.name,
                measured=missed,
                threshold=unseen,
                measured_in="share of places in no window",
            )


def _sizes(node: Node) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How wide its windows are and how far they step, by axis; () where that is not known."""
    window = _whole(node.config.get("kernel_size") or node.config.get("pool_size"))
    steps, gaps = _whole(node.config.get("strides")), _whole(node.config.get("dilation_rate"))
    gaps = gaps if len(gaps) == len(window) else (1,) * len(window)
    return tuple((w - 1) * g + 1 for w, g in zip(window, gaps, strict=True)), steps


def _told(sizes: tuple[int, ...]) -> str:
    return " × ".join(map(str, sizes))


def _whole(given: object) -> tuple[int, ...]:
    values = given if isinstance(given, tuple) else (given,)
    return tuple(v for v in values if isinstance(v, int) and not isinstance(v, bool))


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="warning",
    source="Dumoulin and Visin 2016, A guide to convolution arithmetic for deep learning, 2",
    rank=14,
    explains=("dynamics", "no_signal"),
    program="own_strides_over_the_clue",
)
