"""A hidden layer that says the same of every example: nothing of the input passes it."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case, Node
from nbdebug.records.statistics import UnitStatistics

_BOUNDED = ("sigmoid", "hard_sigmoid", "tanh", "hard_tanh", "softsign", "softmax")


def judge(case: Case, *, share: float = 1.0, saturated: float = 0.9, examples: int = 8) -> Iterator[Found]:
    """`share` of the units, all of them, do not differ between `examples` or more examples, in a layer with weights
    that is neither a head nor dead. What they say may be a bound of the activation (`saturated`) or any other number.
    """
    statistics = case.statistics()
    graph = graph_of(case)
    heads = {end.node for end in case.ends}
    for node in graph:
        found = statistics.get(node.name)
        if found is None or node.name in heads or not node.n_parameters or found.n_examples < examples:
            continue
        if len(found.constant) < 2 or found.dead.all() or found.constant.mean() < share:
            continue
        stuck = node.activation in _BOUNDED and float(found.saturated_share.mean()) >= saturated
        yield Found(
            why=f"All {len(found.constant)} units of {node.name} are the same for every one of {found.n_examples:,} "
            f"examples{_stuck(node, found) if stuck else ''}: nothing of the input passes.",
            fix="# make the model anew and train it with a smaller learning rate, on standardised inputs"
            if stuck
            else "# see what its inputs are (constant?), and make the model anew with other initial weights",
            layer=node.name,
            measured=float(found.constant.mean()),
            threshold=share,
            measured_in="share of units that are constant",
        )
        return


def _stuck(node: Node, found: UnitStatistics) -> str:
    return f", {found.saturated_share.mean():.0%} of their values at a bound of {node.activation}"


CHECK = Check(
    judge=judge,
    cause="hidden_activation",
    severity="error",
    source="LeCun et al. 1998, Efficient BackProp, 4.4",
    rank=3,
    explains=("dynamics",),
    outcome=True,
)
