"""A normalisation over a single value: less its own mean, every number is zero."""

from __future__ import annotations

import math
from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case, Node


def judge(case: Case, *, values: int = 2) -> Iterator[Found]:
    """Layer or group normalisation whose mean is of fewer than `values` numbers: x - mean(x) is 0 whatever x is, and
    what is left is the layer's own offset, the same for every example.
    """
    for node in graph_of(case):
        together = _together(node)
        if together is None or together >= values:
            continue
        yield Found(
            why=f"{node.name} normalises each number by itself: less its own mean it is 0, so nothing of the input "
            "passes.",
            fix="normalise = keras.layers.Normalization()\nnormalise.adapt(x_train)  # scales by the whole data set\n"
            "# or BatchNormalization, which scales by the batch",
            layer=node.name,
            measured=float(together),
            threshold=float(values),
            measured_in="numbers that a mean is taken of",
        )


def _together(node: Node) -> int | None:
    """How many numbers share one mean, None where that is not known or no mean is taken away."""
    shape = node.input_shapes[0] if node.input_shapes else ()
    if node.type == "LayerNormalization" and not node.config.get("rms_scaling"):
        axes = node.config.get("axis", -1)
        given = axes if isinstance(axes, tuple) else (axes,)
        sizes = [shape[axis] for axis in given if isinstance(axis, int) and -len(shape) <= axis < len(shape)]
    elif node.type == "GroupNormalization":
        groups, axis = node.config.get("groups"), node.config.get("axis", -1)
        if not isinstance(groups, int) or not isinstance(axis, int) or not shape or shape[axis] is None:
            return None
        sizes = [*(size for i, size in enumerate(shape) if i and i != axis % len(shape)), _members(shape[axis], groups)]
    else:
        return None
    return math.prod(size for size in sizes if size is not None) if sizes and None not in sizes else None


def _members(channels: int | None, groups: int) -> int:
    return (channels or 0) // (groups if groups > 0 else channels or 1)


CHECK = Check(
    judge=judge,
    cause="layers",
    severity="error",
    source="Ba et al. 2016, Layer normalization, equation 3; Wu and He 2018, Group normalization, equation 7",
    rank=1,
    explains=("initialisation", "dynamics"),
    program="own_norm_of_one_column",
)
