"""A hidden layer that sits at the bounds of its activation before any training: hardly a gradient passes."""

from __future__ import annotations

from collections.abc import Iterator

from nbdebug.checks.check import Check, Found, Unfit
from nbdebug.checks.data._scaling import size_of
from nbdebug.checks.graph import graph_of
from nbdebug.records.case import Case, Node
from nbdebug.records.finding import Cause

_BOUNDED = ("tanh", "sigmoid", "hard_sigmoid", "hard_tanh", "softsign")
_KINDS = ("Dense", "Conv1D", "Conv2D", "Conv3D", "Activation")


def judge(case: Case, *, share: float = 0.9, size: float = 3.0, examples: int = 20) -> Iterator[Found]:
    """Of a network in which no step has been made: a `share` of all values of a hidden layer, over `examples` examples
    or more, lie within 1 % of a bound of its activation. Weights drawn as usual leave a tenth there, of inputs up to
    about `size`; larger inputs are the cause, where there are any, else the weights. Behind a batch norm that trains it
    is not known: its averages are still those it begins with, and in training it goes by the batch.
    """
    if case.training.done:
        raise Unfit("the network has been trained before")
    statistics, heads = case.statistics(), {end.node for end in case.ends}
    graph = graph_of(case)
    for node in graph:
        if any(before.type == "BatchNormalization" and before.trainable for before in graph.ancestors(node)):
            continue
        found = statistics.get(node.name)
        if found is None or node.name in heads or node.type not in _KINDS or node.activation not in _BOUNDED:
            continue
        saturated = float(found.saturated_share.mean())
        if found.n_examples < examples or saturated < share or found.constant.all():
            continue
        cause, reason, fix = _reason(case, node, size)
        yield Found(
            why=f"{saturated:.0%} of what {node.name} puts out lies at a bound of {node.activation}: {reason}.",
            fix=fix,
            cause=cause,
            layer=node.name,
            measured=saturated,
            threshold=share,
            measured_in="share of values at a bound",
        )
        return


def _reason(case: Case, node: Node, size: float) -> tuple[Cause, str, str]:
    sizes = {name: found.largest for name, values in case.inputs.items() if (found := size_of(values)) is not None}
    name = max(sizes, key=lambda n: sizes[n], default="")
    if name and sizes[name] > size:
        how = (
            "its trained weights are for inputs of another scale" if not node.trainable else "weights begin for about 1"
        )
        fix = "# scale the inputs as they were when the frozen layers were trained"
        return "input_scaling", f"input {name} is about {sizes[name]:,.3g} large, and {how}", fix
    return "initialization", "its weights begin too large", 'kernel_initializer="glorot_uniform"  # and make it anew'


CHECK = Check(
    judge=judge,
    cause="initialization",
    severity="warning",
    source="Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, 3.1",
    rank=8,
    explains=("outputs_all_equal", "loss_at_start", "dynamics"),
    program="own_base_wants_other_pixels",
    slow=True,
)
