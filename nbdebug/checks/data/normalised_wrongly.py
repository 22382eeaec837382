"""A normalising layer behind an input whose outputs are anything but normal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case, Node
from nbdebug.records.finding import Cause
from nbdebug.records.statistics import UnitStatistics

_RESHAPING = ("Reshape", "Flatten", "InputLayer")


def judge(case: Case, *, large: float = 100.0, small: float = 1e-3, examples: int = 20) -> Iterator[Found]:
    """What a Normalization layer or a frozen BatchNormalization makes of an input, by their learned means and spreads,
    over `examples` examples or more. A feature about `large` in size is as raw as raw inputs are. Features that vary by
    less than `small` beside one that varies by a hundred times that are lost: fitted feature by feature, each would
    vary by 1, whatever its unit.
    """
    for node in graph_of(case):
        found = case.statistics().get(node.name) if _scales(case, node) else None
        if found is None or found.n_examples < examples:
            continue
        size = float(np.sqrt(found.mean**2 + found.std**2).max())
        lost = _lost(found, small)
        if not size > large and not lost:
            continue
        yield Found(
            why=_why(node, size, large, lost, len(found.std)),
            fix=_fix(node),
            cause=_cause(node),
            layer=node.name,
            measured=size if size > large else float(found.std[found.std > 0].min()),
            threshold=large if size > large else small,
            measured_in="root mean square of a feature" if size > large else "smallest standard deviation of a feature",
            evidence={"standard deviations": found.std[:200].tolist(), "means": found.mean[:200].tolist()},
        )


def _scales(case: Case, node: Node) -> bool:
    """Whether it goes by what it learned of an input before: a Normalization, a BatchNormalization that is frozen."""
    fixed = node.type == "Normalization" or (node.type == "BatchNormalization" and not node.trainable)
    return fixed and _of_input(case, node)


def _of_input(case: Case, node: Node) -> bool:
    while node.direct and len(node.sources) == 1:
        before = case.node(node.sources[0])
        if before is None or before.name == node.name:
            return node.sources[0] in case.inputs
        if before.type not in _RESHAPING:
            return False
        node = before
    return False


def _lost(found: UnitStatistics, small: float) -> int:
    """How many features vary, but by next to nothing beside the others."""
    tiny = (found.std > 0) & (found.std < small)
    return int(tiny.sum()) if float(found.std.max()) > 100 * small else 0


def _why(node: Node, size: float, large: float, lost: int, features: int) -> str:
    if size > large:
        how = (
            "is frozen with averages that are not the data's" if node.type == "BatchNormalization" else "was not fitted"
        )
        return f"{node.name} {how}: what it puts out is still about {size:,.0f} large, as its input is."
    return (
        f"{node.name} scales all features together: beside the largest, {lost} of {features} vary by next to nothing "
        "and are lost."
    )


def _fix(node: Node) -> str:
    if node.type == "BatchNormalization":
        return f"{node.name}.trainable = True  # or set its moving mean and variance to those of the data"
    return "normalise = keras.layers.Normalization(axis=-1)  # each feature by itself\nnormalise.adapt(x_train)"


def _cause(node: Node) -> Cause:
    return "batch_norm" if node.type == "BatchNormalization" else "input_scaling"


CHECK = Check(
    judge=judge,
    cause="input_scaling",
    severity="warning",
    source="LeCun et al. 1998, Efficient BackProp, 4.3; Keras documentation of Normalization (adapt, axis) and of "
    "BatchNormalization (trainable=False)",
    rank=9,
    explains=("input_scale", "initialisation", "dynamics"),
    program="own_normalised_all_together",
    slow=True,
)
